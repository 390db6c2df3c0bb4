import type { Message } from '@confab/protocol';
import { expect, test } from 'vitest';
import { createReactionOverlay, withPending } from './reaction-overlay.ts';

const thumbs = { emoji: '👍', userIds: ['1', '2'] };

test('what was just given is shown, what was taken back is not', () => {
  expect(withPending([thumbs], undefined, '9')).toEqual([thumbs]);
  expect(withPending([thumbs], new Map([['👍', true]]), '9')).toEqual([
    { emoji: '👍', userIds: ['1', '2', '9'] },
  ]);
  expect(withPending([thumbs], new Map([['👍', false]]), '2')).toEqual([{ emoji: '👍', userIds: ['1'] }]);
  expect(withPending([{ emoji: '🎉', userIds: ['2'] }], new Map([['🎉', false]]), '2')).toEqual([]);
  expect(withPending([thumbs], new Map([['❤️', true]]), '9')).toEqual([
    thumbs,
    { emoji: '❤️', userIds: ['9'] },
  ]);
});

test('what has arrived by itself is not counted twice', () => {
  expect(withPending([thumbs], new Map([['👍', true]]), '2')).toEqual([thumbs]);
  expect(withPending([thumbs], new Map([['❤️', false]]), '2')).toEqual([thumbs]);
});

test('it is let go of when it has arrived, and when it was refused', async () => {
  const message = { id: '5', reactions: [] as Message['reactions'] } as Message;
  const asked: string[] = [];
  let refuse = false;
  const overlay = createReactionOverlay({
    state: { me: { userId: '9', email: '' } } as never,
    call: (async (name: string) => {
      asked.push(name);
      if (refuse) throw new Error('refused');
      return { position: { stream: 'room:1', epoch: 1, seq: 1 } };
    }) as never,
    reached: async () => undefined,
  });
  const giving = overlay.toggle(message, '👍');
  expect(overlay.pending.value.get('5')?.get('👍')).toBe(true);
  const taking = overlay.toggle(message, '👍');
  expect(overlay.pending.value.get('5')?.get('👍')).toBe(false);
  await Promise.all([giving, taking]);
  expect(asked).toEqual(['reaction.add', 'reaction.remove']);
  expect(overlay.pending.value.size).toBe(0);

  refuse = true;
  await expect(overlay.toggle(message, '👍')).rejects.toThrow('refused');
  expect(overlay.pending.value.size).toBe(0);
});
