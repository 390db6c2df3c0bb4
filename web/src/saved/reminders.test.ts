import { expect, test } from 'vitest';
import type { Reminder } from '@confab/protocol';
import { countDue, remindersInOrder } from './reminders.ts';

function reminder(id: string, remindAt: number, dueAt: number | null = null): Reminder {
  return { id, messageId: null, roomId: null, note: id, remindAt, createdAt: 0, dueAt, completedAt: null };
}

const all = [reminder('late', 50), reminder('due', 30, 31), reminder('soon', 40), reminder('first', 10, 12)];

test('due ones come first, each kind by time', () => {
  expect(remindersInOrder(all).map(({ id }) => id)).toEqual(['first', 'due', 'soon', 'late']);
});

test('due ones are counted', () => {
  expect(countDue(all)).toBe(2);
  expect(countDue([])).toBe(0);
});
