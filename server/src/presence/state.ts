/**
 * Who is here, as far as this node has heard: pure bookkeeping, no time of its own.
 * Each node speaks for its own connections; of one node the latest word about a person wins, whatever order the bus
 * brings them in. Of several nodes the liveliest word counts: online before away before offline.
 */
import type { Presence } from '@confab/protocol';

/** A node's word about one person. */
export interface Word {
  readonly userId: string;
  readonly state: 'online' | 'away' | 'offline';
  /** Milliseconds; null when the person may be disturbed. */
  readonly doNotDisturbUntil: number | null;
}

interface Heard extends Word {
  /** Grows with each thing the node says. */
  readonly count: number;
  readonly heardAt: number;
}

export interface PresenceState {
  hear(words: readonly Word[], from: { nodeId: string; count: number; heardAt: number }): void;
  /** Forgets what was not said again since. @returns the people concerned */
  expire(heardBefore: number): string[];
  of(userId: string, now: number): Presence;
  readonly size: number;
}

export function createPresenceState(): PresenceState {
  const people = new Map<string, Map<string, Heard>>();

  return {
    hear(words, { nodeId, count, heardAt }) {
      for (const word of words) {
        const byNode = people.get(word.userId) ?? new Map<string, Heard>();
        people.set(word.userId, byNode);
        if ((byNode.get(nodeId)?.count ?? -1) > count) continue;
        byNode.set(nodeId, { ...word, count, heardAt });
      }
    },
    expire(heardBefore) {
      const concerned: string[] = [];
      for (const [userId, byNode] of people) {
        for (const [nodeId, heard] of byNode) {
          if (heard.heardAt >= heardBefore) continue;
          byNode.delete(nodeId);
          concerned.push(userId);
        }
        if (byNode.size === 0) people.delete(userId);
      }
      return concerned;
    },
    of(userId, now) {
      const words = [...(people.get(userId)?.values() ?? [])].filter(({ state }) => state !== 'offline');
      if (words.length === 0) return 'offline';
      if (words.some((word) => (word.doNotDisturbUntil ?? 0) > now)) return 'dnd';
      return words.some(({ state }) => state === 'online') ? 'online' : 'away';
    },
    get size() {
      return people.size;
    },
  };
}
