/**
 * What waits for the commit lane, by room, so that a busy room costs the others nothing. A room is ready (something
 * waits and none of it is under way), busy (a batch holds some of it) or neither. Ready rooms take turns; within a room
 * the order of arrival is kept.
 */
interface Queued {
  readonly item: { readonly message: { readonly roomId: string; readonly threadId: string | null } };
}

export interface RoomQueues<Entry extends Queued> {
  add(entry: Entry): void;
  /**
   * Up to `max` entries of ready rooms, which are busy from now on. At most one reply per thread, so that who follows a
   * thread is settled before its next reply.
   */
  take(max: number): Entry[];
  /** These rooms are no longer busy. */
  release(roomIds: Iterable<string>): void;
  readonly size: number;
}

export function createRoomQueues<Entry extends Queued>(): RoomQueues<Entry> {
  const waiting = new Map<string, Entry[]>();
  /** In the order of their turns. */
  const ready = new Set<string>();
  const busy = new Set<string>();
  let size = 0;

  return {
    add(entry) {
      const { roomId } = entry.item.message;
      const queue = waiting.get(roomId);
      if (queue) queue.push(entry);
      else waiting.set(roomId, [entry]);
      if (!busy.has(roomId)) ready.add(roomId);
      size += 1;
    },
    take(max) {
      const batch: Entry[] = [];
      for (const roomId of ready) {
        if (batch.length >= max) break;
        const queue = waiting.get(roomId) ?? [];
        const taken = queue.splice(0, countTakeable(queue, max - batch.length));
        if (queue.length === 0) waiting.delete(roomId);
        ready.delete(roomId);
        busy.add(roomId);
        batch.push(...taken);
      }
      size -= batch.length;
      return batch;
    },
    release(roomIds) {
      for (const roomId of roomIds) {
        busy.delete(roomId);
        if (waiting.has(roomId)) ready.add(roomId);
      }
    },
    get size() {
      return size;
    },
  };
}

function countTakeable(queue: readonly Queued[], max: number): number {
  const threads = new Set<string>();
  let count = 0;
  for (const { item } of queue) {
    const { threadId } = item.message;
    if (count >= max || (threadId !== null && threads.has(threadId))) return count;
    if (threadId !== null) threads.add(threadId);
    count += 1;
  }
  return count;
}
