import type { Message } from '@confab/protocol';
import { expect, test } from 'vitest';
import { timelineItems, type Sending, type TimelineItem, type TimelineSource } from './timeline-items.ts';

const minute = 60_000;

function message(ordinal: number, change: Partial<Message> = {}): Message {
  return {
    id: String(100 + ordinal),
    roomId: '1',
    seq: ordinal,
    ordinal,
    authorId: '7',
    clientId: `client-${ordinal}`,
    at: ordinal * minute,
    text: `message ${ordinal}`,
    mentions: { users: {}, rooms: {}, all: false, here: false },
    threadId: null,
    threadOrdinal: null,
    quoteId: null,
    version: 1,
    editedAt: null,
    deletedAt: null,
    pinnedAt: null,
    reactions: [],
    thread: null,
    ...change,
  };
}

function sending(id: string, madeAt: number): Sending {
  return {
    id,
    name: 'message.send',
    input: { roomId: '1', clientId: id, text: 'soon' },
    roomId: '1',
    madeAt,
    order: 1,
    status: 'waiting',
    refusal: null,
    position: null,
  };
}

const items = (source: Partial<TimelineSource>, before: readonly TimelineItem[] = []): TimelineItem[] =>
  timelineItems(
    {
      messages: [],
      underway: [],
      ownId: '9',
      newFrom: null,
      dayKey: (at) => String(Math.floor(at / (24 * 60 * minute))),
      isThread: false,
      ...source,
    },
    before,
  );
const grouped = (all: readonly TimelineItem[]): boolean[] => all.map(({ isGrouped }) => isGrouped);

test('messages of one person soon after each other are grouped', () => {
  const messages = [
    message(1),
    message(2),
    message(20),
    message(21, { authorId: '8' }),
    message(22, { authorId: '8' }),
  ];
  expect(grouped(items({ messages }))).toEqual([false, true, false, false, true]);
});

test('a quote, a reply from a thread, another day and what follows a tombstone begin anew', () => {
  expect(grouped(items({ messages: [message(1), message(2, { quoteId: '5' })] }))[1]).toBe(false);
  expect(grouped(items({ messages: [message(1), message(2, { threadId: '5' })] }))[1]).toBe(false);
  expect(grouped(items({ messages: [message(1, { deletedAt: 5 }), message(2)] }))[1]).toBe(false);
  const midnight = 24 * 60;
  expect(grouped(items({ messages: [message(midnight - 1), message(midnight + 1)] }))).toEqual([
    false,
    false,
  ]);
});

test('the New line stands before the first unread message of somebody else', () => {
  const messages = [message(1), message(2, { authorId: '9' }), message(3), message(4)];
  const found = items({ messages, newFrom: 2 });
  expect(found.map(({ isFirstUnread }) => isFirstUnread)).toEqual([false, false, true, false]);
  expect(found[2]?.isGrouped).toBe(false);
});

test('what is on its way stands at the end, and keeps its key when it has arrived', () => {
  const underway = [sending('client-3', 3 * minute)];
  const before = items({ messages: [message(1), message(2, { authorId: '9' })], underway });
  expect(before.map(({ kind }) => kind)).toEqual(['message', 'message', 'underway']);
  expect(before[2]?.isGrouped).toBe(true);

  const after = items({
    messages: [message(1), message(2, { authorId: '9' }), message(3, { authorId: '9' })],
    underway,
  });
  expect(after.map(({ kind }) => kind)).toEqual(['message', 'message', 'message']);
  expect(after[2]?.key).toBe(before[2]?.key);
});

test('rows that did not change are the same objects', () => {
  const messages = [message(1), message(2), message(3)];
  const before = items({ messages });
  const after = items(
    { messages: [messages[0] ?? message(1), message(2, { text: 'edited' }), messages[2] ?? message(3)] },
    before,
  );
  expect(after.map((item, index) => item === before[index])).toEqual([true, false, true]);
});
