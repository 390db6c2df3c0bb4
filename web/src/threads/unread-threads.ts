import type { FollowedThread } from '@confab/protocol';
import type { State } from '@confab/client';

/** Up to which reply a thread was read, what is on its way included. */
export function threadReadOrdinal(state: State, thread: FollowedThread): number {
  const underway = state.outbox.get(`read:${thread.roomId}/${thread.threadId}`);
  return Math.max(thread.readOrdinal, underway?.name === 'thread.read' ? underway.input.ordinal : 0);
}

export interface UnreadThread {
  readonly thread: FollowedThread;
  readonly unread: number;
  readonly mentions: number;
}

/** Followed threads with replies that were not read; those of muted rooms are left out. */
export function unreadThreads(state: State): UnreadThread[] {
  const found: UnreadThread[] = [];
  for (const thread of state.threads.values()) {
    const readOrdinal = threadReadOrdinal(state, thread);
    const isMuted = state.rooms.get(thread.roomId)?.membership.muted ?? false;
    if (thread.ordinal <= readOrdinal || isMuted) continue;
    const mentions = thread.mentions.filter((ordinal) => ordinal > readOrdinal).length;
    found.push({ thread, unread: thread.ordinal - readOrdinal, mentions });
  }
  return found;
}
