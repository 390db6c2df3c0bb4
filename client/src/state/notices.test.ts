import type { Message, Preferences } from '@confab/protocol';
import { describe, expect, test } from 'vitest';
import { nobody, sampleMessage, sampleRoom, sampleState } from '../testing/samples.ts';
import { noticeReason, quietUntil } from './notices.ts';

const preferences: Preferences = {
  theme: 'system',
  density: 'comfortable',
  timeFormat: 'locale',
  language: '',
  doNotDisturbUntil: null,
  noticeLevel: 'mentions',
  keywords: ['tea'],
  quietHours: null,
  quietHoursSkippedUntil: null,
  missedMail: 'hour',
  missedMailHidesContent: false,
};

function reason(
  message: Partial<Message>,
  room: Parameters<typeof sampleRoom>[0] = {},
  chosen: Partial<Preferences> = {},
) {
  const state = sampleState();
  state.preferences = { ...preferences, ...chosen };
  state.rooms.set('1', sampleRoom(room));
  state.threads.set('5', { threadId: '5', roomId: '1', ordinal: 1, readOrdinal: 0, mentions: [] });
  return noticeReason(state, sampleMessage({ id: '9', text: 'hello', ...message }));
}

describe('a message notifies', () => {
  const mentioned = { mentions: { ...nobody, users: { ann: '7' } } };
  const level = (chosen: 'everything' | 'nothing') => ({ membership: { level: chosen } });

  test.each([
    ['not by itself', reason({}), null],
    ['as a mention', reason(mentioned), 'mention'],
    ['as a mention of everyone', reason({ mentions: { ...nobody, all: true } }), 'mention'],
    ['by a keyword', reason({ text: 'Time for TEA!' }), 'keyword'],
    ['in a conversation', reason({}, { room: { kind: 'direct' } }), 'direct'],
    ['in a thread that one follows', reason({ threadId: '5', ordinal: null }), 'thread'],
    ['not in another thread', reason({ threadId: '6', ordinal: null }), null],
    ['where everything does', reason({}, level('everything')), 'everything'],
    ['not in other threads there', reason({ threadId: '6', ordinal: null }, level('everything')), null],
    [
      'everywhere, if so chosen',
      reason({}, { membership: { level: 'default' } }, { noticeLevel: 'everything' }),
      'everything',
    ],
    ['not where nothing does', reason(mentioned, level('nothing')), null],
    ['not in a muted room', reason(mentioned, { membership: { muted: true, level: 'everything' } }), null],
    ['not its author', reason({ ...mentioned, authorId: '7' }), null],
    ['not in a room that is not known', reason({ ...mentioned, roomId: '2' }), null],
  ])('%s', (_, found, expected) => expect(found).toBe(expected));
});

test('quiet time is that of the preferences', () => {
  const state = sampleState();
  expect(quietUntil(state, 0)).toBeNull();
  state.preferences = { ...preferences, doNotDisturbUntil: 10 };
  expect(quietUntil(state, 9)).toBe(10);
});
