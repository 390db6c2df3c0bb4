/** Where a room stands for its member. What was read here and is still on its way counts as read. */
import type { MyRoom } from '@confab/protocol';
import type { State } from '@confab/client';

export interface Standing {
  readonly readOrdinal: number;
  readonly unread: number;
  /** Unread ones that mention me; in a direct room every one does. */
  readonly mentions: number;
  /** Deserves a bold name: there is something unread, and the room is not muted. */
  readonly isUnread: boolean;
  /** What the badge says; 0 for none. */
  readonly badge: number;
}

export function standingOf(state: State, { room, membership, counters }: MyRoom): Standing {
  const readOrdinal = Math.max(membership.readOrdinal, readUnderway(state, room.id));
  const unread = Math.max(0, counters.ordinal - readOrdinal);
  const all = counters.mentions;
  const mentioned = all.length === 0 ? 0 : all.filter((ordinal) => ordinal > readOrdinal).length;
  const mentions = room.kind === 'direct' && !membership.muted ? unread : mentioned;
  return {
    readOrdinal,
    unread,
    mentions,
    isUnread: membership.muted ? mentions > 0 : unread > 0,
    badge: membership.level === 'nothing' ? 0 : mentions,
  };
}

function readUnderway(state: State, roomId: string): number {
  if (state.outbox.size === 0) return 0;
  const underway = state.outbox.get(`read:${roomId}`);
  return underway?.name === 'read.upTo' ? underway.input.ordinal : 0;
}

/** Whether a direct room was closed and nothing came since. */
export function isClosed({ membership, counters }: MyRoom): boolean {
  return membership.closedOrdinal !== null && counters.ordinal <= membership.closedOrdinal;
}
