/**
 * Followed threads. How many replies they have for their follower comes from the person's own stream alone (each reply
 * of others is a notice there), so that "all read" in the same stream cannot be overtaken by a reply after it; own
 * replies come from the room where it is watched, otherwise by `thread.followed`.
 */
import type { FollowedThread, Message, Notice } from '@confab/protocol';
import type { State } from './state.ts';
import { unreadMentions } from './rooms.ts';

export function setThread(state: State, thread: FollowedThread): void {
  state.threads.set(thread.threadId, thread);
  state.touch('threads');
  state.touch(`thread:${thread.threadId}`);
}

export function forgetThread(state: State, threadId: string): void {
  if (!state.threads.delete(threadId)) return;
  state.touch('threads');
  state.touch(`thread:${threadId}`);
}

/**
 * A reply by somebody else in a thread that the person follows (by this reply, maybe). A thread that is not known, or
 * was read to its end, had nothing unread before this reply: replies in between were one's own.
 */
export function noticeInThread(state: State, notice: Notice): void {
  const { threadId, threadOrdinal: ordinal, roomId } = notice;
  if (threadId === null || ordinal === null) return;
  const known = state.threads.get(threadId);
  if (known && ordinal <= known.ordinal && !notice.mentioned) return;
  const hasUnread = known !== undefined && known.readOrdinal < known.ordinal;
  const isNews = known === undefined || ordinal > known.ordinal;
  const readOrdinal = hasUnread || !isNews ? known.readOrdinal : ordinal - 1;
  const mentions = [...(known?.mentions ?? []), ...(notice.mentioned ? [ordinal] : [])];
  setThread(state, {
    threadId,
    roomId,
    ordinal: Math.max(ordinal, known?.ordinal ?? 0),
    readOrdinal,
    mentions: unreadMentions(mentions, readOrdinal),
  });
}

export function noticeOutOfThread(
  state: State,
  { threadId, threadOrdinal }: { threadId: string | null; threadOrdinal: number | null },
): void {
  const known = threadId === null ? undefined : state.threads.get(threadId);
  if (!known || threadOrdinal === null || !known.mentions.includes(threadOrdinal)) return;
  setThread(state, { ...known, mentions: known.mentions.filter((one) => one !== threadOrdinal) });
}

/** Replying reads the thread up to the reply. */
export function countOwnReply(
  state: State,
  { threadId, threadOrdinal }: Pick<Message, 'threadId' | 'threadOrdinal'>,
): void {
  if (threadId === null || threadOrdinal === null) return;
  const known = state.threads.get(threadId);
  if (!known || known.readOrdinal >= threadOrdinal) return;
  setThread(state, {
    ...known,
    ordinal: Math.max(known.ordinal, threadOrdinal),
    readOrdinal: threadOrdinal,
    mentions: unreadMentions(known.mentions, threadOrdinal),
  });
}

export function readAllThreads(state: State): void {
  for (const thread of state.threads.values()) {
    if (thread.readOrdinal < thread.ordinal) {
      setThread(state, { ...thread, readOrdinal: thread.ordinal, mentions: [] });
    }
  }
}

/** What a page says of a thread that no event spoke of. */
export function meetThread(state: State, following: FollowedThread): void {
  const isNews = !state.threads.has(following.threadId) && state.rooms.has(following.roomId);
  if (isNews) setThread(state, following);
}
