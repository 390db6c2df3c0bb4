import type { EventsOf, Message, MyRoom, Notice } from '@confab/protocol';
import type { RoomEvent } from '../state/change-message.ts';
import { applyEvent } from '../state/reducers.ts';
import { createState, type State } from '../state/state.ts';

export const nobody = { users: {}, rooms: {}, all: false, here: false };

/** Person 7's state; `touched` collects the keys. */
export function sampleState(): State & { touched: Set<string> } {
  const touched = new Set<string>();
  const state = createState((key) => touched.add(key));
  return Object.assign(state, {
    touched,
    me: { userId: '7', email: '' },
    epoch: 1,
    positions: { workspace: 0, user: 0 },
  });
}

export function sampleMessage(changes: Partial<Message> & { id: string }): Message {
  return {
    roomId: '1',
    seq: Number(changes.id),
    ordinal: Number(changes.id),
    authorId: '8',
    clientId: `client-${changes.id}`,
    at: 1_000 + Number(changes.id),
    text: `message ${changes.id}`,
    mentions: nobody,
    threadId: null,
    threadOrdinal: null,
    quoteId: null,
    version: 1,
    editedAt: null,
    deletedAt: null,
    pinnedAt: null,
    reactions: [],
    thread: null,
    ...changes,
  };
}

export function sampleRoom(
  changes: {
    id?: string;
    counters?: Partial<MyRoom['counters']>;
    membership?: Partial<MyRoom['membership']>;
    room?: Partial<MyRoom['room']>;
  } = {},
): MyRoom {
  return {
    room: {
      id: changes.id ?? '1',
      kind: 'public',
      name: 'general',
      topic: '',
      description: '',
      posting: 'everyone',
      isDefault: false,
      archivedAt: null,
      createdAt: 0,
      memberCount: 3,
      people: [],
      ...changes.room,
    },
    membership: {
      role: 'member',
      joinedAt: 0,
      readOrdinal: 0,
      starred: false,
      muted: false,
      level: 'mentions',
      closedOrdinal: null,
      ...changes.membership,
    },
    counters: { head: 0, ordinal: 0, mentions: [], lastAt: 0, ...changes.counters },
  };
}

export function sampleNotice(changes: Partial<Notice>): Notice {
  return {
    kind: 'mention',
    roomId: '1',
    messageId: '1',
    seq: 1,
    ordinal: 1,
    threadId: null,
    threadOrdinal: null,
    mentioned: true,
    authorId: '8',
    excerpt: '',
    ...changes,
  };
}

export function roomEvent<Name extends keyof EventsOf['room']>(
  seq: number,
  name: Name,
  data: EventsOf['room'][Name],
  at = 1_000 + seq,
): RoomEvent {
  return { stream: 'room:1', epoch: 1, seq, at, name, data } as unknown as RoomEvent;
}

export function sent(message: Message): RoomEvent {
  return roomEvent(message.seq, 'message.sent', { message }, message.at);
}

/** Applies an event of person 7's own stream. */
export function own<Name extends keyof EventsOf['user']>(
  state: State,
  name: Name,
  data: EventsOf['user'][Name],
  at = 0,
): void {
  applyEvent(state, { stream: 'user:7', epoch: 1, seq: 1, at, name, data });
}
