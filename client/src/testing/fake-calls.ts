/** What a server answers to the calls that tests make. */
import type { CallName, Input, Message, MessagePage, Output, User } from '@confab/protocol';
import { refusedHere } from '../refused.ts';
import {
  addMember,
  epoch,
  followedThread,
  mentionsIn,
  messageFor,
  readableMessageFor,
  messageView,
  myRoom,
  repliesOf,
  roomFor,
  roomForReading,
  type FakeChat,
  type MessageRow,
  type RoomRow,
} from './fake-chat.ts';
import { fileHandlers, filesFor } from './fake-files.ts';

type Handlers = { [Name in CallName]?: (chat: FakeChat, userId: string, input: Input<Name>) => Output<Name> };

/** Throws `Refused`, as the server would refuse. */
export function runCall(chat: FakeChat, userId: string, name: string, input: unknown): unknown {
  const handler = (handlers as Record<string, (chat: FakeChat, userId: string, input: unknown) => unknown>)[
    name
  ];
  if (!handler) throw refusedHere('unknown_call', { name });
  return handler(chat, userId, input);
}

function positionOf(chat: FakeChat, stream: string) {
  return { stream, epoch, seq: chat.events(stream).length };
}
const roomPosition = (chat: FakeChat, roomId: string) => ({ position: positionOf(chat, `room:${roomId}`) });
const ownPosition = (chat: FakeChat, userId: string) => ({ position: positionOf(chat, `user:${userId}`) });

function own(chat: FakeChat, userId: string, name: string, data: unknown): void {
  chat.append(`user:${userId}`, name, data);
}

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

function setWide(row: RoomRow, message: MessageRow, { all, here }: Message['mentions']): void {
  row.wide = row.wide.filter((one) => one !== message);
  if ((all || here) && message.ordinal !== null) row.wide.push(message);
}

function raiseRead(row: RoomRow, userId: string, ordinal: number): void {
  const membership = row.members.get(userId);
  if (!membership || membership.readOrdinal >= ordinal) return;
  row.members.set(userId, { ...membership, readOrdinal: ordinal });
}

interface Fresh {
  readonly message: MessageRow;
  readonly mentioned: ReadonlySet<string>;
}

/** The root's author, the people mentioned and those of a direct room follow from this reply on. */
function follow(chat: FakeChat, row: RoomRow, { message, mentioned }: Fresh): void {
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

function notify(chat: FakeChat, row: RoomRow, { message, mentioned }: Fresh): void {
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
function addMentions(chat: FakeChat, row: RoomRow, message: MessageRow, named: ReadonlySet<string>): void {
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

function forgetMentions(chat: FakeChat, row: RoomRow, message: MessageRow, keep: ReadonlySet<string>): void {
  for (const mention of row.mentions.filter((one) => one.message === message && !keep.has(one.userId))) {
    row.mentions.splice(row.mentions.indexOf(mention), 1);
    const { id: messageId, roomId, ordinal, threadId, threadOrdinal } = message;
    own(chat, mention.userId, 'notice.removed', { messageId, roomId, ordinal, threadId, threadOrdinal });
  }
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

function moveRead(
  chat: FakeChat,
  row: RoomRow,
  { userId, readOrdinal }: { userId: string; readOrdinal: number },
) {
  const membership = row.members.get(userId);
  if (membership) row.members.set(userId, { ...membership, readOrdinal });
  const { mentions, ordinal } = myRoom(chat, row, userId).counters;
  own(chat, userId, 'read.moved', { roomId: row.room.id, readOrdinal, ordinal, mentions });
}

const handlers: Handlers = {
  'sync.snapshot': (chat, userId) => ({
    epoch,
    at: chat.now(),
    me: { userId, email: `${userId}@example.org` },
    workspace: { name: 'Test', signUpDomains: [], invitations: 'everyone' },
    users: structuredClone([...chat.users.values()].filter(({ id }) => id === userId)),
    emoji: [],
    rooms: [...chat.rooms.values()]
      .filter((row) => row.members.has(userId))
      .map((row) => myRoom(chat, row, userId)),
    threads: [...chat.followers.keys()].flatMap((threadId) => {
      const thread = followedThread(chat, threadId, userId);
      return thread && thread.ordinal > thread.readOrdinal ? [thread] : [];
    }),
    scheduled: [],
    reminders: [],
    sections: [],
    drafts: [...chat.drafts.values()].flatMap(({ userId: whose, ...draft }) =>
      whose === userId ? [draft] : [],
    ),
    saved: chat.saved.flatMap((one) => (one.userId === userId ? [one.messageId] : [])).toReversed(),
    preferences: {
      theme: 'system',
      density: 'comfortable',
      timeFormat: 'locale',
      language: 'en',
      doNotDisturbUntil: null,
      noticeLevel: 'mentions',
      keywords: [],
      quietHours: null,
      quietHoursSkippedUntil: null,
    },
    positions: { workspace: positionOf(chat, 'workspace'), user: positionOf(chat, `user:${userId}`) },
  }),
  'room.history': history,
  'thread.history': threadHistory,
  'user.list': (chat, _, { ids }) => ({
    users: (ids ?? []).flatMap((id) => structuredClone(chat.users.get(id)) ?? []),
    next: null,
  }),
  'message.get': (chat, userId, { messageId }) => {
    const [row, message] = messageFor(chat, messageId, userId);
    const view = messageView(chat, row, message);
    return { message: view, users: usersOf(chat, [view]) };
  },
  ...fileHandlers,
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
  'read.upTo': (chat, userId, { roomId, ordinal }) => {
    const row = roomFor(chat, roomId, userId);
    const readOrdinal = Math.min(ordinal, row.ordinal);
    if ((row.members.get(userId)?.readOrdinal ?? 0) < readOrdinal)
      moveRead(chat, row, { userId, readOrdinal });
    return ownPosition(chat, userId);
  },
  'read.from': (chat, userId, { roomId, ordinal }) => {
    moveRead(chat, roomFor(chat, roomId, userId), { userId, readOrdinal: ordinal - 1 });
    return ownPosition(chat, userId);
  },
  'read.all': (chat, userId) => {
    const rooms = [...chat.rooms.values()].filter((row) => {
      const membership = row.members.get(userId);
      return membership && membership.readOrdinal < row.ordinal;
    });
    for (const row of rooms) raiseRead(row, userId, row.ordinal);
    for (const [threadId, followers] of chat.followers) {
      const thread = followedThread(chat, threadId, userId);
      if (thread) followers.set(userId, thread.ordinal);
    }
    const places = rooms.map((row) => ({ roomId: row.room.id, readOrdinal: row.ordinal }));
    own(chat, userId, 'read.allMoved', { rooms: places });
    return ownPosition(chat, userId);
  },
  'thread.read': (chat, userId, { threadId, ordinal }) => {
    const followers = chat.followers.get(threadId);
    const before = followers?.get(userId);
    if (before === undefined) throw refusedHere('not_found', {});
    if (before < ordinal) {
      followers?.set(userId, ordinal);
      own(chat, userId, 'thread.followed', { thread: followedThread(chat, threadId, userId) });
    }
    return ownPosition(chat, userId);
  },
  'draft.set': (chat, userId, { roomId, threadId = null, text }) => {
    roomFor(chat, roomId, userId);
    const draft = { roomId, threadId, text, at: chat.now() };
    const key = `${userId} ${roomId} ${threadId ?? ''}`;
    if (text === '') chat.drafts.delete(key);
    else chat.drafts.set(key, { userId, ...draft });
    own(chat, userId, 'draft.changed', { draft });
    return ownPosition(chat, userId);
  },
  'room.setPreferences': (chat, userId, { roomId, ...changes }) => {
    const row = roomFor(chat, roomId, userId);
    const { membership: before } = myRoom(chat, row, userId);
    const membership = { ...before, ...changes };
    row.members.set(userId, membership);
    own(chat, userId, 'membership.changed', { roomId, membership });
    return { membership, ...ownPosition(chat, userId) };
  },
  'room.change': (chat, userId, { roomId, topic }) => {
    const row = roomFor(chat, roomId, userId);
    row.room = { ...row.room, topic: topic ?? row.room.topic };
    chat.append(`room:${roomId}`, 'room.changed', { room: row.room, by: userId });
    return { room: row.room, ...roomPosition(chat, roomId) };
  },
  'room.join': (chat, userId, { roomId }) => {
    const row = chat.rooms.get(roomId);
    if (!row || row.room.kind !== 'public') throw refusedHere('not_found', {});
    if (!row.members.has(userId)) addMember(chat, row, userId);
    return { room: myRoom(chat, row, userId), ...ownPosition(chat, userId) };
  },
  'room.leave': (chat, userId, { roomId }) => {
    const row = roomFor(chat, roomId, userId);
    row.members.delete(userId);
    row.room = { ...row.room, memberCount: row.members.size };
    for (const { id } of row.messages) chat.followers.get(id)?.delete(userId);
    for (const [key, draft] of chat.drafts) {
      if (draft.userId === userId && draft.roomId === roomId) chat.drafts.delete(key);
    }
    const left = { userId, memberCount: row.members.size, by: userId };
    chat.append(`room:${roomId}`, 'member.left', left);
    own(chat, userId, 'room.removed', { roomId, by: userId });
    return roomPosition(chat, roomId);
  },
};
