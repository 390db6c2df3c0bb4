/** Who is told of a message, and who follows its thread. */
import type { Message } from '@confab/protocol';
import { followedThread, own, type FakeChat, type MessageRow, type RoomRow } from './fake-chat.ts';

/** Whether it counts as a mention for everybody. */
export function setWide(row: RoomRow, message: MessageRow, { all, here }: Message['mentions']): void {
  row.wide = row.wide.filter((one) => one !== message);
  if ((all || here) && message.ordinal !== null) row.wide.push(message);
}

interface Fresh {
  readonly message: MessageRow;
  readonly mentioned: ReadonlySet<string>;
}

/** The root's author, the people mentioned and those of a direct room follow from this reply on. */
export function follow(chat: FakeChat, row: RoomRow, { message, mentioned }: Fresh): void {
  const { threadId, threadOrdinal, authorId } = message;
  if (threadId === null || threadOrdinal === null) return;
  const followers = chat.followers.get(threadId) ?? new Map<string, number>();
  chat.followers.set(threadId, followers);
  const root = row.messages.find(({ id }) => id === threadId);
  const joining = [
    root?.authorId ?? '',
    ...mentioned,
    ...(row.room.kind === 'direct' ? row.members.keys() : []),
  ];
  for (const id of joining) {
    if (id !== authorId && row.members.has(id) && !followers.has(id)) followers.set(id, threadOrdinal - 1);
  }
  const before = followers.get(authorId);
  followers.set(authorId, threadOrdinal);
  if (before !== undefined && before < threadOrdinal - 1) {
    own(chat, authorId, 'thread.followed', { thread: followedThread(chat, threadId, authorId) });
  }
}

export function notify(chat: FakeChat, row: RoomRow, { message, mentioned }: Fresh): void {
  const isDirect = row.room.kind === 'direct';
  const followers = message.threadId === null ? undefined : chat.followers.get(message.threadId);
  for (const userId of row.members.keys()) {
    const isMentioned = mentioned.has(userId);
    const isConcerned = isDirect || isMentioned || followers?.has(userId) === true;
    if (userId === message.authorId || !isConcerned) continue;
    tell(chat, row, { message, userId, isMentioned, at: message.at });
  }
}

function tell(
  chat: FakeChat,
  row: RoomRow,
  {
    message,
    userId,
    isMentioned,
    at,
  }: { message: MessageRow; userId: string; isMentioned: boolean; at: number },
): void {
  const { id, roomId, seq, ordinal, threadId, threadOrdinal, authorId, text } = message;
  let kind = 'thread';
  if (isMentioned) kind = 'mention';
  if (row.room.kind === 'direct') kind = 'direct';
  const rest = { roomId, seq, ordinal, threadId, threadOrdinal, authorId };
  const notice = { kind, messageId: id, mentioned: isMentioned, excerpt: text.slice(0, 100), ...rest };
  chat.append(`user:${userId}`, 'notice.added', { notice }, at);
}

/** Whoever an edit mentions for the first time is told as if it had been there from the beginning. */
export function addMentions(
  chat: FakeChat,
  row: RoomRow,
  message: MessageRow,
  named: ReadonlySet<string>,
): void {
  const { threadId, threadOrdinal, authorId } = message;
  const before = new Set(row.mentions.filter((one) => one.message === message).map(({ userId }) => userId));
  const added = [...named].filter((id) => id !== authorId && row.members.has(id) && !before.has(id));
  for (const userId of added) {
    row.mentions.push({ userId, message });
    tell(chat, row, { message, userId, isMentioned: true, at: chat.now() });
    if (threadId === null || threadOrdinal === null) continue;
    const followers = chat.followers.get(threadId) ?? new Map<string, number>();
    chat.followers.set(threadId, followers);
    if (!followers.has(userId)) followers.set(userId, threadOrdinal - 1);
    own(chat, userId, 'thread.followed', { thread: followedThread(chat, threadId, userId) });
  }
}

export function forgetMentions(
  chat: FakeChat,
  row: RoomRow,
  message: MessageRow,
  keep: ReadonlySet<string>,
): void {
  for (const mention of row.mentions.filter((one) => one.message === message && !keep.has(one.userId))) {
    row.mentions.splice(row.mentions.indexOf(mention), 1);
    const { id: messageId, roomId, ordinal, threadId, threadOrdinal } = message;
    own(chat, mention.userId, 'notice.removed', { messageId, roomId, ordinal, threadId, threadOrdinal });
  }
}
