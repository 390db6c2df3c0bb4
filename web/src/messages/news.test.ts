import { expect, test } from 'vitest';
import type { Message } from '@confab/protocol';
import { lastArrived, newsBelow } from './news.ts';
import type { TimelineItem } from './timeline-items.ts';

function row(key: string, authorId: string, deletedAt: number | null = null): TimelineItem {
  const message = { id: key, authorId, deletedAt, text: key } as Message;
  return { kind: 'message', key, day: '', isGrouped: false, isFirstUnread: false, message };
}

const ids = (messages: readonly Message[]): string[] => messages.map(({ id }) => id);

test('what others wrote since is news', () => {
  const items = [row('1', 'ada'), row('2', 'bob'), row('3', 'me'), row('4', 'ada', 5), row('5', 'ada')];
  expect(ids(newsBelow(items, '1', 'me'))).toEqual(['2', '5']);
  expect(ids(newsBelow(items, '5', 'me'))).toEqual([]);
});

test('what arrives above an own message that is still under way is news', () => {
  const underway = { kind: 'underway', key: 'mine', day: '' } as TimelineItem;
  const before = [row('1', 'ada'), underway];
  const after = [row('1', 'ada'), row('2', 'bob'), underway];
  expect([lastArrived(before), lastArrived(after), lastArrived([])]).toEqual(['1', '2', undefined]);
  expect(ids(newsBelow(after, lastArrived(before), 'me'))).toEqual(['2']);
  expect(ids(newsBelow([...after.slice(0, 2), row('mine', 'me')], lastArrived(after), 'me'))).toEqual([]);
});

test('another stretch is no news', () => {
  expect(newsBelow([row('7', 'ada')], '1', 'me')).toEqual([]);
  expect(newsBelow([row('7', 'ada')], undefined, 'me')).toEqual([]);
});
