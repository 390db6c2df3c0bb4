/**
 * A chat in memory, for tests of the client: what a server knows, written without the client's reducers, so that a
 * client that has read the events can be compared with it. Rooms, people and threads as the tests need them.
 */
import type {
  CallName,
  FileInfo,
  Input,
  Membership,
  Message,
  MyRoom,
  Output,
  Room,
  User,
} from '@confab/protocol';
import { refusedHere } from '../refused.ts';
import type { AnyEvent } from '../state/reducers.ts';
import type { FileRow } from './fake-files.ts';

export const epoch = 1;

export interface MessageRow {
  id: string;
  roomId: string;
  seq: number;
  ordinal: number | null;
  authorId: string;
  clientId: string;
  at: number;
  text: string;
  threadId: string | null;
  threadOrdinal: number | null;
  quoteId: string | null;
  version: number;
  editedAt: number | null;
  deletedAt: number | null;
  pinnedAt: number | null;
  reactions: Map<string, string[]>;
  files?: FileInfo[];
}

export interface RoomRow {
  room: Room;
  ordinal: number;
  lastAt: number;
  members: Map<string, Membership>;
  messages: MessageRow[];
  /** Mentions of one person: taken back by edits and deletions. */
  mentions: { userId: string; message: MessageRow }[];
  /** What mentions everyone. */
  wide: MessageRow[];
}

export interface FakeChat {
  readonly users: Map<string, User>;
  readonly rooms: Map<string, RoomRow>;
  /** Thread → follower → read up to. */
  readonly followers: Map<string, Map<string, number>>;
  readonly drafts: Map<
    string,
    { userId: string; roomId: string; threadId: string | null; text: string; at: number }
  >;
  readonly saved: { userId: string; messageId: string }[];
  readonly files: Map<string, FileRow>;
  now(): number;
  newId(): string;
  append(stream: string, name: string, data: unknown, at?: number): AnyEvent;
  events(stream: string): readonly AnyEvent[];
  onEvent(listener: (event: AnyEvent) => void): void;
  addUser(handle: string): User;
  addRoom(kind: Room['kind'], name: string, members: readonly User[]): RoomRow;
}

export function createFakeChat(now: () => number): FakeChat {
  const streams = new Map<string, AnyEvent[]>();
  const listeners: ((event: AnyEvent) => void)[] = [];
  let ids = 100;

  const chat: FakeChat = {
    users: new Map(),
    rooms: new Map(),
    followers: new Map(),
    files: new Map(),
    drafts: new Map(),
    saved: [],
    now,
    newId() {
      ids += 1;
      return String(ids);
    },
    append(stream, name, data, at = now()) {
      const events = streams.get(stream) ?? [];
      streams.set(stream, events);
      const event = { stream, epoch, seq: events.length + 1, at, name, data: structuredClone(data) };
      events.push(event);
      for (const listener of listeners) listener(event);
      return event;
    },
    events: (stream) => streams.get(stream) ?? [],
    onEvent: (listener) => listeners.push(listener),
    addUser(handle) {
      const user: User = {
        id: chat.newId(),
        handle,
        name: handle,
        title: '',
        timeZone: 'UTC',
        picture: null,
        status: null,
        role: 'member',
        deactivated: false,
        joinedAt: now(),
      };
      chat.users.set(user.id, user);
      chat.append('workspace', 'user.joined', { user });
      return user;
    },
    addRoom: (kind, name, members) => addRoom(chat, { kind, name, members }),
  };
  return chat;
}

function addRoom(
  chat: FakeChat,
  { kind, name, members }: { kind: Room['kind']; name: string; members: readonly User[] },
): RoomRow {
  const at = chat.now();
  const id = chat.newId();
  const ids = members.map((user) => user.id);
  const row: RoomRow = {
    room: {
      id,
      kind,
      name,
      topic: '',
      description: '',
      posting: 'everyone',
      isDefault: false,
      archivedAt: null,
      createdAt: at,
      memberCount: 0,
      people: kind === 'direct' ? ids : [],
    },
    ordinal: 0,
    lastAt: at,
    members: new Map(),
    messages: [],
    mentions: [],
    wide: [],
  };
  chat.rooms.set(id, row);
  for (const userId of ids) addMember(chat, row, userId);
  return row;
}

/** What was there before counts as read. */
export function addMember(chat: FakeChat, row: RoomRow, userId: string): void {
  const { id } = row.room;
  row.members.set(userId, {
    role: 'member',
    joinedAt: chat.now(),
    readOrdinal: row.ordinal,
    starred: false,
    muted: false,
    level: 'mentions',
    closedOrdinal: null,
  });
  row.room = { ...row.room, memberCount: row.members.size };
  const member = { userId, role: 'member', joinedAt: chat.now() };
  chat.append(`room:${id}`, 'member.joined', { member, memberCount: row.members.size, by: userId });
  chat.append(`user:${userId}`, 'room.added', { room: myRoom(chat, row, userId), by: userId });
}

/** A public room can be looked at from outside. */
export function roomForReading(chat: FakeChat, roomId: string, userId: string): RoomRow {
  const row = chat.rooms.get(roomId);
  return row?.room.kind === 'public' ? row : roomFor(chat, roomId, userId);
}

/** What a member may see, or the refusal that hides everything else. */
export function roomFor(chat: FakeChat, roomId: string, userId: string): RoomRow {
  const row = chat.rooms.get(roomId);
  if (!row?.members.has(userId)) throw refusedHere('not_found', {});
  return row;
}

/** A message of a room of one's own. */
export function messageFor(chat: FakeChat, messageId: string, userId: string): [RoomRow, MessageRow] {
  const [row, message] = readableMessageFor(chat, messageId, userId);
  if (!row.members.has(userId)) throw refusedHere('not_found', {});
  return [row, message];
}

/** A message of a room of one's own or of a public one. */
export function readableMessageFor(chat: FakeChat, messageId: string, userId: string): [RoomRow, MessageRow] {
  for (const row of chat.rooms.values()) {
    const message = row.messages.find(({ id }) => id === messageId);
    if (message && (row.members.has(userId) || row.room.kind === 'public')) return [row, message];
  }
  throw refusedHere('not_found', {});
}

export function mentionsIn(chat: FakeChat, text: string): Message['mentions'] {
  const users: Record<string, string> = {};
  for (const { handle, id } of chat.users.values()) if (text.includes(`@${handle}`)) users[handle] = id;
  return { users, rooms: {}, all: text.includes('@all'), here: text.includes('@here') };
}

export function repliesOf(row: RoomRow, threadId: string): MessageRow[] {
  return row.messages.filter((message) => message.threadId === threadId);
}

export function messageView(chat: FakeChat, row: RoomRow, message: MessageRow): Message {
  const replies = repliesOf(row, message.id);
  const last = replies.at(-1);
  const { reactions, ...rest } = message;
  return {
    ...rest,
    mentions: mentionsIn(chat, message.text),
    reactions: [...reactions].map(([emoji, userIds]) => ({ emoji, userIds: [...userIds] })),
    thread: last
      ? {
          replies: replies.filter(({ deletedAt }) => deletedAt === null).length,
          ordinal: last.threadOrdinal ?? 0,
          lastAt: last.at,
          faces: [...new Set(replies.map(({ authorId }) => authorId))].slice(0, 5),
        }
      : null,
  };
}

export function myRoom(chat: FakeChat, row: RoomRow, userId: string): MyRoom {
  const membership = row.members.get(userId);
  if (!membership) throw refusedHere('not_found', {});
  const own = row.mentions.filter((mention) => mention.userId === userId).map(({ message }) => message);
  const ordinals = [...own, ...row.wide].flatMap(({ ordinal }) => ordinal ?? []);
  return {
    room: { ...row.room },
    membership: { ...membership },
    counters: {
      head: chat.events(`room:${row.room.id}`).length,
      ordinal: row.ordinal,
      lastAt: row.lastAt,
      mentions: [...new Set(ordinals)]
        .filter((ordinal) => ordinal > membership.readOrdinal)
        .sort((a, b) => a - b)
        .slice(-100),
    },
  };
}

export function followedThread(chat: FakeChat, threadId: string, userId: string) {
  const read = chat.followers.get(threadId)?.get(userId);
  const row = [...chat.rooms.values()].find((one) => one.messages.some(({ id }) => id === threadId));
  if (read === undefined || !row?.members.has(userId)) return null;
  const mentions = row.mentions.flatMap(({ userId: whom, message }) =>
    whom === userId && message.threadId === threadId ? (message.threadOrdinal ?? []) : [],
  );
  return {
    threadId,
    roomId: row.room.id,
    ordinal: repliesOf(row, threadId).length,
    readOrdinal: read,
    mentions: mentions.filter((ordinal) => ordinal > read),
  };
}

/** What a server answers to the calls that it knows. */
export type FakeHandlers = {
  [Name in CallName]?: (chat: FakeChat, userId: string, input: Input<Name>) => Output<Name>;
};

/** Where a stream stands. */
export function positionOf(chat: FakeChat, stream: string) {
  return { stream, epoch, seq: chat.events(stream).length };
}

export const roomPosition = (chat: FakeChat, roomId: string) => ({
  position: positionOf(chat, `room:${roomId}`),
});
export const ownPosition = (chat: FakeChat, userId: string) => ({
  position: positionOf(chat, `user:${userId}`),
});

/** An event in the stream of a person. */
export function own(chat: FakeChat, userId: string, name: string, data: unknown): void {
  chat.append(`user:${userId}`, name, data);
}
