import { describe, expect, test } from 'vitest';
import type { Message } from '@confab/protocol';
import { nobody, roomEvent, sampleMessage, sampleState, sent } from '../testing/samples.ts';
import type { RoomEvent } from './change-message.ts';
import { applyEvent } from './reducers.ts';
import {
  closeThread,
  dropMessages,
  limitTimeline,
  mergePage,
  mergeQuote,
  messagesOf,
  trimMessages,
} from './room-messages.ts';
import type { State } from './state.ts';

const page = (seq: number, messages: Message[], quoted: Message[] = [], epoch = 1) => ({
  messages,
  quoted,
  position: { stream: 'room:1', epoch, seq },
});

/** As the reader does: applies an event and moves the position. */
function hear(state: State, event: RoomEvent): void {
  applyEvent(state, event);
  const room = messagesOf(state, '1');
  if (room.position) room.position = { epoch: 1, seq: event.seq };
}

const reply = (seq: number, threadOrdinal: number): Message =>
  sampleMessage({ id: String(seq), ordinal: null, threadId: '1', threadOrdinal });
const runsOf = (state: State) =>
  messagesOf(state, '1').timeline.map(({ first, ids }) => `${first}: ${ids.join(' ')}`);
const rootOf = (state: State) => messagesOf(state, '1').held.get('1')?.message;

describe('pages and events meet', () => {
  test('an event that the page contained changes nothing, the next one does', () => {
    const state = sampleState();
    const thread = { replies: 1, ordinal: 1, lastAt: 1_005, faces: ['8'] };
    mergePage(state, '1', page(2, [sampleMessage({ id: '2' })]));
    mergePage(state, '1', page(5, [sampleMessage({ id: '1', thread })]));
    for (const event of [roomEvent(3, 'message.unpinned', { messageId: '2', by: '8' })]) hear(state, event);
    hear(state, roomEvent(4, 'message.unpinned', { messageId: '2', by: '8' }));
    hear(state, sent(reply(5, 1)));
    expect(rootOf(state)?.thread).toEqual(thread);
    hear(state, sent(reply(6, 2)));
    expect(rootOf(state)?.thread).toMatchObject({ replies: 2, ordinal: 2 });
  });

  test('a page that was overtaken is brought forward by what was heard in between', () => {
    const state = sampleState();
    mergePage(state, '1', page(2, [sampleMessage({ id: '2' })]));
    hear(state, sent(reply(3, 1)));
    hear(state, roomEvent(4, 'reaction.added', { messageId: '1', emoji: '👍', userId: '9' }));
    expect(mergePage(state, '1', page(2, [sampleMessage({ id: '1' })]))).toBe(true);
    expect(rootOf(state)).toMatchObject({
      thread: { replies: 1 },
      reactions: [{ emoji: '👍', userIds: ['9'] }],
    });
    expect(runsOf(state)).toEqual(['1: 1 2']);
  });

  test('an older page does not undo what is held', () => {
    const state = sampleState();
    mergePage(state, '1', page(2, [sampleMessage({ id: '1' })]));
    hear(state, roomEvent(3, 'message.pinned', { messageId: '1', pinnedAt: 7, by: '8' }));
    mergePage(state, '1', page(2, [sampleMessage({ id: '1' })]));
    expect(rootOf(state)?.pinnedAt).toBe(7);
  });

  test('a page from before all that is remembered has to be asked for again', () => {
    const state = sampleState();
    mergePage(state, '1', page(1, [sampleMessage({ id: '1' })]));
    for (let seq = 2; seq <= 200; seq += 1) {
      hear(state, roomEvent(seq, 'message.pinned', { messageId: '1', pinnedAt: seq, by: '8' }));
    }
    expect(mergePage(state, '1', page(1, [sampleMessage({ id: '2' })]))).toBe(false);
    expect(mergePage(state, '1', page(150, [sampleMessage({ id: '2' })]))).toBe(true);
  });

  test('a page of another epoch replaces all that was held', () => {
    const state = sampleState();
    mergePage(state, '1', page(9, [sampleMessage({ id: '1' }), sampleMessage({ id: '2' })]));
    mergePage(state, '1', page(3, [sampleMessage({ id: '3' })], [], 2));
    expect(runsOf(state)).toEqual(['3: 3']);
    expect(messagesOf(state, '1').position).toEqual({ epoch: 2, seq: 3 });
  });
});

describe('the timeline', () => {
  test('pages that overlap or meet become one run, whatever comes first', () => {
    const state = sampleState();
    const some = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, index) => sampleMessage({ id: String(from + index) }));
    mergePage(state, '1', page(20, some(11, 14)));
    mergePage(state, '1', page(20, some(1, 4)));
    mergePage(state, '1', page(20, some(3, 8)));
    expect(runsOf(state)).toEqual(['1: 1 2 3 4 5 6 7 8', '11: 11 12 13 14']);
    hear(state, sent(sampleMessage({ id: '21', ordinal: 15 })));
    hear(state, sent(sampleMessage({ id: '22', ordinal: 18 })));
    mergePage(state, '1', page(20, some(9, 10)));
    expect(runsOf(state)).toEqual(['1: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 21', '18: 22']);
  });

  test('what nobody looks at is let go of, but for the newest', () => {
    const state = sampleState();
    const messages = Array.from({ length: 300 }, (_, index) => sampleMessage({ id: String(index + 1) }));
    mergePage(state, '1', page(400, messages.slice(0, 20)));
    mergePage(state, '1', page(400, messages.slice(40)));
    trimMessages(state, '1');
    const room = messagesOf(state, '1');
    expect(room.timeline.map(({ first, ids }) => [first, ids.length])).toEqual([[201, 100]]);
    expect(room.held.size).toBe(100);
  });

  test('whoever scrolls far loses the far end', () => {
    const state = sampleState();
    const messages = Array.from({ length: 50 }, (_, index) => sampleMessage({ id: String(index + 1) }));
    mergePage(state, '1', page(400, messages));
    limitTimeline(messagesOf(state, '1'), { ordinal: 2, max: 30 });
    expect(messagesOf(state, '1').timeline.map(({ first, ids }) => [first, ids.length])).toEqual([[1, 30]]);
    limitTimeline(messagesOf(state, '1'), { ordinal: 29, max: 10 });
    expect(messagesOf(state, '1').timeline.map(({ first, ids }) => [first, ids.length])).toEqual([[21, 10]]);
  });
});

describe('threads and quotes', () => {
  test('replies are held while their thread is open', () => {
    const state = sampleState();
    mergePage(state, '1', page(1, [sampleMessage({ id: '1' })]));
    const { threads } = messagesOf(state, '1');
    hear(state, sent(reply(2, 1)));
    threads.set('1', []);
    hear(state, sent(reply(3, 2)));
    expect(threads.get('1')).toEqual([{ first: 2, ids: ['3'] }]);
    mergePage(state, '1', page(3, [sampleMessage({ id: '1' }), reply(2, 1), reply(3, 2)]));
    expect(threads.get('1')).toEqual([{ first: 1, ids: ['2', '3'] }]);
    expect(state.touched).toContain('thread:1');
    closeThread(state, '1', '1');
    expect([...messagesOf(state, '1').held.keys()]).toEqual(['1']);
  });

  test('an open thread stays open when its room has to be loaded anew', () => {
    const state = sampleState();
    mergePage(state, '1', page(1, [sampleMessage({ id: '1' })]));
    messagesOf(state, '1').threads.set('1', []);
    dropMessages(state, '1');
    expect(messagesOf(state, '1').held.size).toBe(0);
    expect([...messagesOf(state, '1').threads.keys()]).toEqual(['1']);
  });

  test('a quote shows edits and the deletion, in whatever order it is fetched', () => {
    const state = sampleState();
    const quoted = sampleMessage({ id: '1' });
    mergePage(state, '1', page(3, [sampleMessage({ id: '3', quoteId: '1' })], [quoted]));
    const edit = { messageId: '1', ordinal: 1, text: 'better', mentions: nobody, version: 2, editedAt: 9 };
    hear(state, roomEvent(4, 'message.edited', edit));
    mergeQuote(state, messagesOf(state, '1'), quoted);
    const quote = () => messagesOf(state, '1').quotes.get('1');
    expect(quote()?.text).toBe('better');
    const grave = { messageId: '1', ordinal: 1, threadId: null, version: 3, deletedAt: 50, by: '1' };
    hear(state, roomEvent(5, 'message.deleted', grave));
    mergeQuote(state, messagesOf(state, '1'), { ...quoted, text: 'better', version: 2 });
    expect(quote()).toMatchObject({ text: '', deletedAt: 50 });
    hear(state, sent(sampleMessage({ id: '6', ordinal: 4, quoteId: '2' })));
    expect([...state.wanted.quotes]).toEqual([['2', '1']]);
  });
});
