/** Reading what was said. */
import type { Input, Message, MessagePage, Output, User } from '@confab/protocol';
import {
  followedThread,
  messageFor,
  messageView,
  readableMessageFor,
  repliesOf,
  roomForReading,
  roomPosition,
  type FakeChat,
  type FakeHandlers,
  type MessageRow,
  type RoomRow,
} from './fake-chat.ts';

function usersOf(chat: FakeChat, messages: readonly Message[]): User[] {
  const ids = messages.flatMap(({ authorId, mentions, reactions }) => [
    authorId,
    ...Object.values(mentions.users),
    ...reactions.flatMap(({ userIds }) => userIds),
  ]);
  return [...new Set(ids)].flatMap((id) => structuredClone(chat.users.get(id)) ?? []);
}

function pageOf(chat: FakeChat, row: RoomRow, rows: readonly MessageRow[]) {
  const messages = rows.map((message) => messageView(chat, row, message));
  const quoted = messages.flatMap(({ quoteId }) => row.messages.filter(({ id }) => id === quoteId));
  return {
    messages,
    users: usersOf(chat, messages),
    quoted: quoted.map((message) => messageView(chat, row, message)),
    ...roomPosition(chat, row.room.id),
  };
}

function history(chat: FakeChat, userId: string, input: Input<'room.history'>): MessagePage {
  const row = roomForReading(chat, input.roomId, userId);
  const limit = input.limit ?? 50;
  const timeline = row.messages.filter(({ ordinal }) => ordinal !== null);
  const at = timeline.findIndex(({ id }) => id === input.aroundMessageId) + 1;
  const around = input.around ?? (at > 0 ? at : undefined);
  let first = Math.max(1, row.ordinal - limit + 1);
  if (input.before !== undefined) first = Math.max(1, input.before - limit);
  if (input.after !== undefined) first = input.after + 1;
  if (around !== undefined) first = Math.max(1, around - Math.floor(limit / 2));
  const end = input.before === undefined ? first + limit : input.before;
  const rows = timeline.slice(first - 1, end - 1);
  return { ...pageOf(chat, row, rows), hasBefore: first > 1, hasAfter: end <= row.ordinal };
}

function threadHistory(
  chat: FakeChat,
  userId: string,
  input: Input<'thread.history'>,
): Output<'thread.history'> {
  const [row, root] = readableMessageFor(chat, input.threadId, userId);
  const limit = input.limit ?? 50;
  const replies = repliesOf(row, root.id);
  const end = input.before === undefined ? replies.length : input.before - 1;
  const start = input.after === undefined ? Math.max(0, end - limit) : input.after;
  return {
    ...pageOf(chat, row, replies.slice(start, Math.min(end, start + limit))),
    root: messageView(chat, row, root),
    following: followedThread(chat, root.id, userId),
    followingAt: chat.events(`user:${userId}`).length,
    hasBefore: start > 0,
    hasAfter: end < replies.length,
  };
}

export const historyHandlers: FakeHandlers = {
  'room.history': history,
  'thread.history': threadHistory,
  'message.get': (chat, userId, { messageId }) => {
    const [row, message] = messageFor(chat, messageId, userId);
    const view = messageView(chat, row, message);
    return { message: view, users: usersOf(chat, [view]) };
  },
};
