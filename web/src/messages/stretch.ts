import type { Client } from '@confab/client';
import type { Sending } from './timeline-items.ts';

/** Messages of a room that are held here without holes between them. */
export interface Stretch {
  readonly ids: readonly string[];
  /** Ordinals of its ends. */
  readonly first: number;
  readonly last: number;
}

/** The stretch that holds an ordinal; the newest one for null. */
export function stretchAt({ state }: Client, roomId: string, ordinal: number | null): Stretch | null {
  const runs = state.messages.get(roomId)?.timeline ?? [];
  const run =
    ordinal === null
      ? runs.at(-1)
      : runs.find(({ first, ids }) => first <= ordinal && ordinal < first + ids.length);
  return run ? { ids: run.ids, first: run.first, last: run.first + run.ids.length - 1 } : null;
}

/** The newest ordinal of a room, as far as anybody here has heard. */
export function newestOrdinal(client: Client, roomId: string): number {
  const held = stretchAt(client, roomId, null)?.last ?? 0;
  return Math.max(held, client.state.rooms.get(roomId)?.counters.ordinal ?? 0);
}

/** What is being sent to a room's timeline (or, with a thread, to that thread), in the order in which it was written. */
export function underwayIn({ state }: Client, roomId: string, threadId: string | null = null): Sending[] {
  const found: Sending[] = [];
  for (const entry of state.outbox.values()) {
    if (entry.name !== 'message.send' || entry.roomId !== roomId) continue;
    const { threadId: thread = null, alsoInRoom = false } = entry.input;
    if (thread === threadId || (threadId === null && alsoInRoom)) found.push(entry);
  }
  return found.sort((a, b) => a.order - b.order);
}
