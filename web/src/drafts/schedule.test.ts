import { expect, test } from 'vitest';
import type { ScheduledMessage } from '@confab/protocol';
import { de } from '../language/de/index.ts';
import { en } from '../language/index.ts';
import { failureText, scheduledInOrder } from './schedule.ts';

function scheduled(id: string, sendAt: number, code: string | null = null): ScheduledMessage {
  return {
    id,
    roomId: '1',
    threadId: null,
    alsoInRoom: false,
    quoteId: null,
    text: id,
    sendAt,
    createdAt: 0,
    failure: code === null ? null : { code, at: sendAt },
  };
}

test('what failed comes first, the rest by time', () => {
  const all = [scheduled('b', 20), scheduled('a', 10), scheduled('failed', 30, 'archived')];
  expect(scheduledInOrder(all).map(({ id }) => id)).toEqual(['failed', 'a', 'b']);
});

test('the reason is said in words, even one this page does not know', () => {
  expect(failureText(en, 'archived')).toMatch(/archived/);
  expect(failureText(de, 'archived')).toBe(de.refusals.archived);
  expect(failureText(en, 'a_new_code')).not.toContain('a_new_code');
});
