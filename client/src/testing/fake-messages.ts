/** Saying something, and what becomes of it. */
import type { Input, Message, Output } from '@confab/protocol';
import { refusedHere } from '../refused.ts';
import {
  epoch,
  mentionsIn,
  messageFor,
  messageView,
  own,
  ownPosition,
  repliesOf,
  roomFor,
  roomPosition,
  type FakeChat,
  type FakeHandlers,
  type MessageRow,
  type RoomRow,
} from './fake-chat.ts';
import { filesFor } from './fake-files.ts';
import { addMentions, follow, forgetMentions, notify, setWide } from './fake-mentions.ts';
import { raiseRead } from './fake-reads.ts';

function send(chat: FakeChat, userId: string, input: Input<'message.send'>): Output<'message.send'> {
  const row = roomFor(chat, input.roomId, userId);
  const kept = row.messages.find((one) => one.authorId === userId && one.clientId === input.clientId);
  const message = kept ?? insert(chat, row, { userId, input });
  const { id: messageId, ordinal, threadOrdinal, at, seq } = message;
  return {
    messageId,
    ordinal,
    threadOrdinal,
    at,
    position: { stream: `room:${row.room.id}`, epoch, seq },
  };
}

function insert(
  chat: FakeChat,
  row: RoomRow,
  { userId, input }: { userId: string; input: Input<'message.send'> },
): MessageRow {
  const threadId = input.threadId ?? null;
  if (threadId !== null) messageFor(chat, threadId, userId);
  const files = filesFor(chat, userId, input);
  const isInTimeline = threadId === null || input.alsoInRoom === true;
  if (isInTimeline) row.ordinal += 1;
  const message: MessageRow = {
    id: chat.newId(),
    roomId: row.room.id,
    seq: chat.events(`room:${row.room.id}`).length + 1,
    ordinal: isInTimeline ? row.ordinal : null,
    authorId: userId,
    clientId: input.clientId,
    at: chat.now(),
    text: input.text,
    threadId,
    threadOrdinal: threadId === null ? null : repliesOf(row, threadId).length + 1,
    quoteId: input.quoteId ?? null,
    version: 1,
    editedAt: null,
    deletedAt: null,
    pinnedAt: null,
    reactions: new Map(),
    ...(files.length > 0 ? { files } : {}),
  };
  row.messages.push(message);
  chat.append(`room:${row.room.id}`, 'message.sent', { message: messageView(chat, row, message) });
  if (isInTimeline) {
    row.lastAt = message.at;
    raiseRead(row, userId, row.ordinal);
  }
  const mentions = mentionsIn(chat, message.text);
  setWide(row, message, mentions);
  const mentioned = new Set(
    Object.values(mentions.users).filter((id) => id !== userId && row.members.has(id)),
  );
  for (const id of mentioned) row.mentions.push({ userId: id, message });
  follow(chat, row, { message, mentioned });
  notify(chat, row, { message, mentioned });
  return message;
}

/** What was said is taken out of the events that said it. */
function silence(chat: FakeChat, { id, roomId }: MessageRow, deletedAt: number): void {
  const gone = { text: '', mentions: mentionsIn(chat, '') };
  for (const event of chat.events(`room:${roomId}`)) {
    const data = event.data as { message?: Message; messageId?: string };
    if (event.name === 'message.sent' && data.message?.id === id)
      Object.assign(data.message, gone, { deletedAt });
    if (event.name === 'message.edited' && data.messageId === id) Object.assign(data, gone);
  }
}

function onMessage(
  chat: FakeChat,
  userId: string,
  messageId: string,
  change: (message: MessageRow, row: RoomRow) => [name: string, data: object] | null,
) {
  const [row, message] = messageFor(chat, messageId, userId);
  const event = change(message, row);
  if (event) chat.append(`room:${row.room.id}`, event[0], { messageId, ...event[1] });
  return roomPosition(chat, row.room.id);
}

export const messageHandlers: FakeHandlers = {
  'message.send': send,
  'message.edit': (chat, userId, { messageId, text }) => {
    const [row, message] = messageFor(chat, messageId, userId);
    if (message.authorId !== userId || message.deletedAt !== null) throw refusedHere('forbidden', {});
    Object.assign(message, { text, version: message.version + 1, editedAt: chat.now() });
    const mentions = mentionsIn(chat, text);
    const { version } = message;
    const edit = { ordinal: message.ordinal, text, mentions, version, editedAt: message.editedAt };
    const { position } = onMessage(chat, userId, messageId, () => ['message.edited', edit]);
    setWide(row, message, mentions);
    const named = new Set(Object.values(mentions.users));
    addMentions(chat, row, message, named);
    forgetMentions(chat, row, message, named);
    return { version, position };
  },
  'message.delete': (chat, userId, { messageId }) => {
    const [row, message] = messageFor(chat, messageId, userId);
    if (message.deletedAt !== null) return roomPosition(chat, row.room.id);
    const { version } = message;
    const deletedAt = chat.now();
    Object.assign(message, {
      text: '',
      pinnedAt: null,
      version: version + 1,
      deletedAt,
      reactions: new Map(),
    });
    delete message.files;
    silence(chat, message, deletedAt);
    const { ordinal, threadId } = message;
    const done = onMessage(chat, userId, messageId, () => [
      'message.deleted',
      { ordinal, threadId, version: version + 1, deletedAt, by: userId },
    ]);
    setWide(row, message, mentionsIn(chat, ''));
    forgetMentions(chat, row, message, new Set());
    return done;
  },
  'message.pin': (chat, userId, { messageId }) =>
    onMessage(chat, userId, messageId, (message) => {
      if (message.deletedAt !== null) throw refusedHere('not_found', {});
      message.pinnedAt = chat.now();
      return ['message.pinned', { pinnedAt: message.pinnedAt, by: userId }];
    }),
  'reaction.add': (chat, userId, { messageId, emoji }) =>
    onMessage(chat, userId, messageId, (message) => {
      const present = message.reactions.get(emoji) ?? [];
      if (message.deletedAt !== null) throw refusedHere('not_found', {});
      if (present.includes(userId)) return null;
      message.reactions.set(emoji, [...present, userId]);
      return ['reaction.added', { emoji, userId }];
    }),
  'reaction.remove': (chat, userId, { messageId, emoji }) =>
    onMessage(chat, userId, messageId, (message) => {
      const present = message.reactions.get(emoji) ?? [];
      if (!present.includes(userId)) return null;
      const rest = present.filter((id) => id !== userId);
      if (rest.length > 0) message.reactions.set(emoji, rest);
      else message.reactions.delete(emoji);
      return ['reaction.removed', { emoji, userId }];
    }),
  'message.save': (chat, userId, { messageId }) => {
    messageFor(chat, messageId, userId);
    if (chat.saved.some((one) => one.userId === userId && one.messageId === messageId)) {
      return ownPosition(chat, userId);
    }
    chat.saved.push({ userId, messageId });
    own(chat, userId, 'message.saved', { messageId, savedAt: chat.now() });
    return ownPosition(chat, userId);
  },
};
