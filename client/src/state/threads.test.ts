import { expect, test } from 'vitest';
import { own, sampleMessage, sampleNotice, sampleState, sent } from '../testing/samples.ts';
import { applyEvent } from './reducers.ts';
import type { State } from './state.ts';

const reply = (threadOrdinal: number, changes: object = {}) =>
  sampleNotice({ kind: 'thread', ordinal: null, threadId: '5', threadOrdinal, mentioned: false, ...changes });
const followed = (ordinal: number, readOrdinal: number, mentions: number[] = []) => ({
  thread: { threadId: '5', roomId: '1', ordinal, readOrdinal, mentions },
});
const threadOf = ({ threads }: State) => threads.get('5');

test('the first reply one hears of is the first unread one', () => {
  const state = sampleState();
  own(state, 'notice.added', { notice: reply(4) });
  expect(threadOf(state)).toEqual(followed(4, 3).thread);
  own(state, 'notice.added', { notice: reply(5, { mentioned: true }) });
  expect(threadOf(state)).toEqual(followed(5, 3, [5]).thread);
  expect(state.touched).toContain('thread:5');
});

test('replies between a thread that was read and a new reply were one’s own, from elsewhere', () => {
  const state = sampleState();
  own(state, 'thread.followed', followed(4, 4));
  own(state, 'notice.added', { notice: reply(7) });
  expect(threadOf(state)).toEqual(followed(7, 6).thread);
});

test('what was unread stays unread when more comes', () => {
  const state = sampleState();
  own(state, 'thread.followed', followed(4, 2));
  own(state, 'notice.added', { notice: reply(6) });
  expect(threadOf(state)).toEqual(followed(6, 2).thread);
});

test('an own reply in a watched room reads the thread, a late notice of an earlier reply does not open it again', () => {
  const state = sampleState();
  own(state, 'thread.followed', followed(4, 2, [3, 4]));
  const message = sampleMessage({ id: '9', ordinal: null, threadId: '5', threadOrdinal: 6, authorId: '7' });
  applyEvent(state, sent(message));
  own(state, 'notice.added', { notice: reply(5, { mentioned: true }) });
  expect(threadOf(state)).toEqual(followed(6, 6).thread);
});

test('the replies of others do not count by the room, only by a notice', () => {
  const state = sampleState();
  own(state, 'thread.followed', followed(4, 4));
  applyEvent(state, sent(sampleMessage({ id: '9', ordinal: null, threadId: '5', threadOrdinal: 5 })));
  own(state, 'read.allMoved', { rooms: [] });
  own(state, 'notice.added', { notice: reply(5) });
  expect(threadOf(state)).toEqual(followed(5, 4).thread);
});

test('"all read" reads threads; the last word of the server wins; unfollowing forgets', () => {
  const state = sampleState();
  own(state, 'thread.followed', followed(4, 1, [2]));
  own(state, 'read.allMoved', { rooms: [] });
  expect(threadOf(state)).toEqual(followed(4, 4).thread);
  own(state, 'thread.followed', followed(4, 2));
  expect(threadOf(state)).toEqual(followed(4, 2).thread);
  own(state, 'notice.removed', {
    messageId: '9',
    roomId: '1',
    ordinal: null,
    threadId: '5',
    threadOrdinal: 2,
  });
  own(state, 'thread.unfollowed', { threadId: '5' });
  expect(threadOf(state)).toBeUndefined();
});

test('a mention that was taken back is none', () => {
  const state = sampleState();
  own(state, 'notice.added', { notice: reply(4, { mentioned: true }) });
  own(state, 'notice.removed', {
    messageId: '1',
    roomId: '1',
    ordinal: null,
    threadId: '5',
    threadOrdinal: 4,
  });
  expect(threadOf(state)).toEqual(followed(4, 3).thread);
});
