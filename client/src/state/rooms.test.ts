import { describe, expect, test } from 'vitest';
import {
  nobody,
  own,
  roomEvent,
  sampleMessage,
  sampleNotice,
  sampleRoom,
  sampleState,
  sent,
} from '../testing/samples.ts';
import { applyEvent } from './reducers.ts';
import { mergePage } from './room-messages.ts';
import { addRoom, applyBadge } from './rooms.ts';
import type { State } from './state.ts';

function stateWith(room = sampleRoom()): State & { touched: Set<string> } {
  const state = sampleState();
  addRoom(state, room);
  state.touched.clear();
  return state;
}

const countersOf = (state: State) => state.rooms.get('1')?.counters;
const readOf = (state: State) => state.rooms.get('1')?.membership.readOrdinal;
const badge = (changes: object) => ({ roomId: '1', head: 0, ordinal: 0, lastAt: 0, ...changes });
const all = { ...nobody, all: true };
const me = { ...nobody, users: { me: '7' } };

describe('a watched room', () => {
  test('counts what others write', () => {
    const state = stateWith();
    applyEvent(state, sent(sampleMessage({ id: '1' })));
    applyEvent(state, sent(sampleMessage({ id: '2', ordinal: null, threadId: '1', threadOrdinal: 1 })));
    applyEvent(state, sent(sampleMessage({ id: '3', ordinal: 2 })));
    expect(countersOf(state)).toEqual({ head: 3, ordinal: 2, mentions: [], lastAt: 1_003 });
    expect(readOf(state)).toBe(0);
    expect(state.touched).toContain('room:1');
  });

  test('an own message reads up to it and never back', () => {
    const state = stateWith(sampleRoom({ membership: { readOrdinal: 5 }, counters: { mentions: [6, 7] } }));
    applyEvent(state, sent(sampleMessage({ id: '1', ordinal: 6, authorId: '7' })));
    expect(readOf(state)).toBe(6);
    expect(countersOf(state)?.mentions).toEqual([7]);
    applyEvent(state, sent(sampleMessage({ id: '2', ordinal: 3, authorId: '7' })));
    expect(readOf(state)).toBe(6);
  });

  test('a message to everyone, or to oneself by handle, is a mention where it stands in the timeline', () => {
    const state = stateWith();
    const threaded = { ordinal: null, threadId: '1', threadOrdinal: 1, mentions: all };
    applyEvent(state, sent(sampleMessage({ id: '1', mentions: all })));
    applyEvent(state, sent(sampleMessage({ id: '2', mentions: { ...nobody, here: true } })));
    applyEvent(state, sent(sampleMessage({ id: '3', ...threaded })));
    applyEvent(state, sent(sampleMessage({ id: '4', ordinal: 3, mentions: me })));
    applyEvent(
      state,
      sent(sampleMessage({ id: '5', ordinal: 4, mentions: { ...nobody, users: { ann: '8' } } })),
    );
    expect(countersOf(state)?.mentions).toEqual([1, 2, 3]);
  });

  test('edits add and take away mentions, the deletion takes them away', () => {
    const state = stateWith(sampleRoom({ counters: { head: 9, ordinal: 9, mentions: [2, 3] } }));
    const edit = { messageId: '4', ordinal: 4, text: '', version: 2, editedAt: 0 };
    applyEvent(state, roomEvent(10, 'message.edited', { ...edit, mentions: all }));
    expect(countersOf(state)?.mentions).toEqual([2, 3, 4]);
    applyEvent(state, roomEvent(11, 'message.edited', { ...edit, mentions: nobody, version: 3 }));
    const grave = { messageId: '3', ordinal: 3, threadId: null, version: 2, deletedAt: 0, by: '8' };
    applyEvent(state, roomEvent(12, 'message.deleted', grave));
    expect(countersOf(state)?.mentions).toEqual([2]);
  });

  test('what is no mention by handle any more may still be one of everyone', () => {
    const state = stateWith();
    mergePage(state, '1', {
      messages: [sampleMessage({ id: '1', mentions: all }), sampleMessage({ id: '2', mentions: me })],
      quoted: [],
      position: { stream: 'room:1', epoch: 1, seq: 2 },
    });
    for (const ordinal of [1, 2]) {
      const place = { messageId: String(ordinal), roomId: '1', ordinal, threadId: null, threadOrdinal: null };
      own(state, 'notice.added', { notice: sampleNotice({ ...place, seq: ordinal }) });
      own(state, 'notice.removed', place);
    }
    expect(countersOf(state)?.mentions).toEqual([1]);
  });

  test('events that a badge or the snapshot contained change nothing when they are read again', () => {
    const state = stateWith(
      sampleRoom({ counters: { head: 9, ordinal: 9 }, room: { topic: 'new', memberCount: 5 } }),
    );
    const before = state.rooms.get('1');
    applyEvent(
      state,
      roomEvent(3, 'room.changed', { room: { ...sampleRoom().room, topic: 'old' }, by: '8' }),
    );
    applyEvent(
      state,
      roomEvent(4, 'member.joined', {
        member: { userId: '9', role: 'member', joinedAt: 0 },
        memberCount: 4,
        by: '9',
      }),
    );
    applyEvent(state, sent(sampleMessage({ id: '5', authorId: '7' })));
    expect(state.rooms.get('1')).toBe(before);
    applyEvent(state, roomEvent(10, 'member.left', { userId: '9', memberCount: 4, by: '9' }));
    expect(state.rooms.get('1')).toMatchObject({
      room: { topic: 'new', memberCount: 4 },
      counters: { head: 10 },
    });
  });

  test('a notice that ran ahead hides nothing of the room’s own events', () => {
    const state = stateWith();
    own(state, 'notice.added', { notice: sampleNotice({ seq: 3, ordinal: 3 }) });
    applyEvent(state, sent(sampleMessage({ id: '1', authorId: '7' })));
    applyEvent(state, sent(sampleMessage({ id: '2', mentions: all })));
    expect(countersOf(state)).toMatchObject({ head: 3, ordinal: 3, mentions: [2, 3] });
    expect(readOf(state)).toBe(1);
  });
});

describe('a room that is not watched', () => {
  test('badges raise, add mentions, and never go back', () => {
    const state = stateWith(sampleRoom({ counters: { head: 5, ordinal: 4, lastAt: 50, mentions: [2] } }));
    applyBadge(state, badge({ head: 8, ordinal: 6, lastAt: 80, mentions: [6] }), { full: false });
    expect(countersOf(state)).toEqual({ head: 8, ordinal: 6, lastAt: 80, mentions: [2, 6] });
    applyBadge(state, badge({ head: 7 }), { full: false });
    expect(countersOf(state)).toEqual({ head: 8, ordinal: 6, lastAt: 80, mentions: [2, 6] });
    applyBadge(state, badge({ head: 9, readOrdinal: 5 }), { full: false });
    expect(readOf(state)).toBe(5);
    expect(countersOf(state)?.mentions).toEqual([6]);
  });

  test('a full badge says what is read and mentioned up to its ordinal; what came since stays', () => {
    const state = stateWith(
      sampleRoom({ counters: { ordinal: 5, mentions: [2, 3] }, membership: { readOrdinal: 1 } }),
    );
    applyEvent(state, sent(sampleMessage({ id: '9', mentions: all })));
    const full = badge({ ordinal: 8, readOrdinal: 2, mentions: [3, 8] });
    applyBadge(state, full, { full: true });
    expect([readOf(state), countersOf(state)?.mentions]).toEqual([2, [3, 8, 9]]);
    applyEvent(state, sent(sampleMessage({ id: '10', authorId: '7' })));
    applyBadge(state, full, { full: true });
    expect([readOf(state), countersOf(state)?.mentions]).toEqual([10, []]);
  });

  test('a badge older than what was read of the room does not bring old words back', () => {
    const state = stateWith(sampleRoom({ counters: { head: 9 }, room: { topic: 'new' } }));
    applyBadge(state, badge({ head: 8, room: sampleRoom({ room: { topic: 'old' } }).room, memberCount: 1 }), {
      full: false,
    });
    expect(state.rooms.get('1')?.room).toMatchObject({ topic: 'new', memberCount: 3 });
    applyBadge(
      state,
      badge({ head: 10, room: sampleRoom({ room: { topic: 'newer' } }).room, memberCount: 4 }),
      { full: false },
    );
    expect(state.rooms.get('1')?.room).toMatchObject({ topic: 'newer', memberCount: 4 });
  });
});

describe('mentions and reading', () => {
  test('a notice in the timeline counts and mentions; one in a thread only moves the head', () => {
    const state = stateWith();
    own(state, 'notice.added', { notice: sampleNotice({ seq: 4, ordinal: 2 }) });
    expect(countersOf(state)).toEqual({ head: 4, ordinal: 2, mentions: [2], lastAt: 0 });
    own(state, 'notice.added', {
      notice: sampleNotice({ seq: 6, ordinal: null, threadId: '3', threadOrdinal: 1 }),
    });
    expect(countersOf(state)).toEqual({ head: 6, ordinal: 2, mentions: [2], lastAt: 0 });
    own(state, 'notice.removed', {
      messageId: '1',
      roomId: '1',
      ordinal: 2,
      threadId: null,
      threadOrdinal: null,
    });
    expect(countersOf(state)?.mentions).toEqual([]);
  });

  test('an edit that mentions makes nothing newer', () => {
    const state = stateWith(sampleRoom({ counters: { ordinal: 5, lastAt: 50 } }));
    own(state, 'notice.added', { notice: sampleNotice({ seq: 4, ordinal: 3 }) }, 999);
    expect(countersOf(state)).toMatchObject({ ordinal: 5, lastAt: 50, mentions: [3] });
  });

  test('only the newest hundred unread mentions are kept', () => {
    const state = stateWith();
    for (let ordinal = 1; ordinal <= 150; ordinal += 1) {
      own(state, 'notice.added', { notice: sampleNotice({ seq: ordinal, ordinal }) });
    }
    expect(countersOf(state)?.mentions).toHaveLength(100);
    expect(countersOf(state)?.mentions[0]).toBe(51);
  });

  test('reading is set as told; marking as unread brings mentions back', () => {
    const state = stateWith(sampleRoom({ counters: { ordinal: 9, mentions: [8] } }));
    own(state, 'read.moved', { roomId: '1', readOrdinal: 8, ordinal: 9, mentions: [] });
    expect([readOf(state), countersOf(state)?.mentions]).toEqual([8, []]);
    own(state, 'read.moved', { roomId: '1', readOrdinal: 2, ordinal: 9, mentions: [3, 8] });
    expect([readOf(state), countersOf(state)?.mentions]).toEqual([2, [3, 8]]);
  });

  test('what came by another stream after one read is not lost', () => {
    const state = stateWith();
    applyEvent(state, sent(sampleMessage({ id: '5', mentions: all })));
    own(state, 'read.moved', { roomId: '1', readOrdinal: 4, ordinal: 4, mentions: [] });
    expect([readOf(state), countersOf(state)?.mentions]).toEqual([4, [5]]);
    applyEvent(state, sent(sampleMessage({ id: '6', authorId: '7' })));
    own(state, 'read.moved', { roomId: '1', readOrdinal: 2, ordinal: 5, mentions: [5] });
    expect([readOf(state), countersOf(state)?.mentions]).toEqual([6, []]);
  });

  test('an own message from before the room was marked as unread does not read it again', () => {
    const state = stateWith(sampleRoom({ counters: { ordinal: 4 }, membership: { readOrdinal: 4 } }));
    own(state, 'read.moved', { roomId: '1', readOrdinal: 1, ordinal: 5, mentions: [] });
    applyEvent(state, sent(sampleMessage({ id: '5', authorId: '7' })));
    applyBadge(state, badge({ head: 6, ordinal: 5, readOrdinal: 5 }), { full: false });
    expect(readOf(state)).toBe(1);
    applyEvent(state, sent(sampleMessage({ id: '7', ordinal: 6, authorId: '7' })));
    expect(readOf(state)).toBe(6);
  });

  test('"all read" leaves what came after it', () => {
    const state = stateWith(sampleRoom({ counters: { ordinal: 9, mentions: [8, 9] } }));
    own(state, 'read.allMoved', { rooms: [{ roomId: '1', readOrdinal: 8 }] });
    expect([readOf(state), countersOf(state)?.mentions]).toEqual([8, [9]]);
  });

  test('a membership changes whole, but what was read does not go back by it', () => {
    const state = stateWith(sampleRoom({ membership: { readOrdinal: 6 } }));
    const { membership } = sampleRoom({ membership: { muted: true, readOrdinal: 5 } });
    own(state, 'membership.changed', { roomId: '1', membership });
    expect(state.rooms.get('1')?.membership).toMatchObject({ muted: true, readOrdinal: 6 });
  });
});

test('a room that is left takes its threads, drafts and messages with it, not what was saved', () => {
  const state = stateWith();
  addRoom(state, sampleRoom({ id: '2' }));
  own(state, 'draft.changed', { draft: { roomId: '1', threadId: null, text: 'a', at: 0 } });
  own(state, 'draft.changed', { draft: { roomId: '2', threadId: '5', text: 'b', at: 0 } });
  own(state, 'thread.followed', {
    thread: { threadId: '5', roomId: '1', ordinal: 2, readOrdinal: 1, mentions: [] },
  });
  own(state, 'message.saved', { messageId: '3', savedAt: 0 });
  own(state, 'room.removed', { roomId: '1', by: '7' });
  expect([...state.rooms.keys()]).toEqual(['2']);
  expect([...state.drafts.keys()]).toEqual(['2/5']);
  expect([...state.threads.keys()]).toEqual([]);
  expect([...state.saved]).toEqual(['3']);
  own(state, 'draft.changed', { draft: { roomId: '2', threadId: '5', text: '', at: 1 } });
  expect(state.drafts.size).toBe(0);
});
