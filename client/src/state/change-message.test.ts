import { expect, test } from 'vitest';
import { nobody, roomEvent, sampleMessage, sent } from '../testing/samples.ts';
import { changeMessage } from './change-message.ts';

const message = sampleMessage({ id: '5' });
const reply = (threadOrdinal: number, authorId: string) =>
  sent(
    sampleMessage({ id: String(10 + threadOrdinal), ordinal: null, threadId: '5', threadOrdinal, authorId }),
  );
const add = (emoji: string, userId: string) =>
  roomEvent(9, 'reaction.added', { messageId: '5', emoji, userId });
const take = (emoji: string, userId: string) =>
  roomEvent(9, 'reaction.removed', { messageId: '5', emoji, userId });
const edit = (version: number, text: string) =>
  roomEvent(9, 'message.edited', {
    messageId: '5',
    ordinal: 5,
    text,
    mentions: { ...nobody, all: true },
    version,
    editedAt: 99,
  });

test('replies count, give the time, and show the first five faces', () => {
  let root = message;
  for (const [index, author] of ['1', '2', '1', '3', '4', '5', '6'].entries()) {
    root = changeMessage(root, reply(index + 1, author));
  }
  expect(root.thread).toEqual({ replies: 7, ordinal: 7, lastAt: 1_017, faces: ['1', '2', '3', '4', '5'] });
});

test('a deleted reply counts no more, but keeps its number and its author’s face', () => {
  const root = changeMessage(message, reply(1, '1'));
  const gone = roomEvent(20, 'message.deleted', {
    messageId: '11',
    ordinal: null,
    threadId: '5',
    version: 2,
    deletedAt: 50,
    by: '1',
  });
  expect(changeMessage(root, gone).thread).toEqual({ replies: 0, ordinal: 1, lastAt: 1_011, faces: ['1'] });
});

test('a deleted message keeps its place, its thread, its quote and its edit time, and nothing it said', () => {
  const full = sampleMessage({
    id: '5',
    quoteId: '4',
    pinnedAt: 7,
    editedAt: 6,
    reactions: [{ emoji: '👍', userIds: ['1'] }],
    mentions: { ...nobody, users: { ann: '1' } },
    thread: { replies: 1, ordinal: 1, lastAt: 3, faces: ['1'] },
  });
  const gone = roomEvent(20, 'message.deleted', {
    messageId: '5',
    ordinal: 5,
    threadId: null,
    version: 3,
    deletedAt: 50,
    by: '1',
  });
  expect(changeMessage(full, gone)).toEqual({
    ...full,
    text: '',
    mentions: nobody,
    reactions: [],
    pinnedAt: null,
    deletedAt: 50,
    version: 3,
  });
});

test('edits set text, mentions, version and time; older versions change nothing', () => {
  const edited = changeMessage(message, edit(3, 'better'));
  expect(edited).toEqual({
    ...message,
    text: 'better',
    mentions: { ...nobody, all: true },
    version: 3,
    editedAt: 99,
  });
  expect(changeMessage(edited, edit(2, 'older'))).toBe(edited);
});

test('a message read again after its deletion is the tombstone that a page shows', () => {
  const silent = sampleMessage({ id: '5', text: '', deletedAt: 50 });
  const emptied = roomEvent(9, 'message.edited', {
    messageId: '5',
    ordinal: 5,
    text: '',
    mentions: nobody,
    version: 2,
    editedAt: 40,
  });
  const grave = { messageId: '5', ordinal: 5, threadId: null, version: 3, deletedAt: 50, by: '1' };
  const steps = [add('👍', '1'), emptied, roomEvent(10, 'message.deleted', grave)];
  expect(steps.reduce(changeMessage, silent)).toEqual({ ...silent, version: 3, editedAt: 40 });
});

test('reactions stand by their first, people by theirs; what nobody has any more is gone', () => {
  const steps = [add('👍', '1'), add('🎉', '2'), add('👍', '3'), add('👍', '1'), take('👍', '1')];
  const reacted = steps.reduce(changeMessage, message);
  expect(reacted.reactions).toEqual([
    { emoji: '👍', userIds: ['3'] },
    { emoji: '🎉', userIds: ['2'] },
  ]);
  const later = [take('👍', '3'), take('👍', '9'), add('👍', '3')].reduce(changeMessage, reacted);
  expect(later.reactions.map(({ emoji }) => emoji)).toEqual(['🎉', '👍']);
});

test('pins are set and taken out', () => {
  const pinned = changeMessage(
    message,
    roomEvent(9, 'message.pinned', { messageId: '5', pinnedAt: 3, by: '1' }),
  );
  expect(pinned.pinnedAt).toBe(3);
  expect(
    changeMessage(pinned, roomEvent(10, 'message.unpinned', { messageId: '5', by: '1' })).pinnedAt,
  ).toBeNull();
});

test('of a file of the message is known what is known now, and nothing more', () => {
  const file = {
    id: '8',
    roomId: '2',
    name: 'a.png',
    type: 'image/png',
    size: 9,
    hasThumbnail: true,
  } as const;
  const sizes = { width: 4, height: 3 };
  const files = [
    { ...file, ...sizes, check: 'waiting' as const },
    { ...file, id: '9' },
  ];
  const before = sampleMessage({ id: '5', files });
  const change = (to: object) =>
    roomEvent(9, 'file.changed', { messageId: '5', file: { id: '8', hasThumbnail: true, ...to } });
  expect(changeMessage(before, change(sizes)).files).toEqual([{ ...file, ...sizes }, files[1]]);
  const found = { check: 'infected', finding: 'Eicar', hasThumbnail: false } as const;
  expect(changeMessage(before, change(found)).files?.[0]).toEqual({ ...file, ...found });
  expect(changeMessage(message, change(found))).toBe(message);
});
