/** What a server answers to the calls that tests make. */
import { refusedHere } from '../refused.ts';
import {
  epoch,
  followedThread,
  myRoom,
  own,
  ownPosition,
  positionOf,
  roomFor,
  type FakeChat,
  type FakeHandlers,
} from './fake-chat.ts';
import { fileHandlers } from './fake-files.ts';
import { historyHandlers } from './fake-history.ts';
import { messageHandlers } from './fake-messages.ts';
import { readHandlers } from './fake-reads.ts';
import { roomHandlers } from './fake-rooms.ts';

/** Throws `Refused`, as the server would refuse. */
export function runCall(chat: FakeChat, userId: string, name: string, input: unknown): unknown {
  const handler = (handlers as Record<string, (chat: FakeChat, userId: string, input: unknown) => unknown>)[
    name
  ];
  if (!handler) throw refusedHere('unknown_call', { name });
  return handler(chat, userId, input);
}

const handlers: FakeHandlers = {
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
      missedMail: 'hour',
      missedMailHidesContent: false,
    },
    positions: { workspace: positionOf(chat, 'workspace'), user: positionOf(chat, `user:${userId}`) },
  }),
  'user.list': (chat, _, { ids }) => ({
    users: (ids ?? []).flatMap((id) => structuredClone(chat.users.get(id)) ?? []),
    next: null,
  }),
  'draft.set': (chat, userId, { roomId, threadId = null, text }) => {
    roomFor(chat, roomId, userId);
    const draft = { roomId, threadId, text, at: chat.now() };
    const key = `${userId} ${roomId} ${threadId ?? ''}`;
    if (text === '') chat.drafts.delete(key);
    else chat.drafts.set(key, { userId, ...draft });
    own(chat, userId, 'draft.changed', { draft });
    return ownPosition(chat, userId);
  },
  ...historyHandlers,
  ...messageHandlers,
  ...fileHandlers,
  ...readHandlers,
  ...roomHandlers,
};
