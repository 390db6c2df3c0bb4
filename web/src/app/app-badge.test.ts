import { expect, test } from 'vitest';
import { createAppBadge } from './app-badge.ts';

test('shows a number, once, and takes it away', () => {
  const done: (number | 'none')[] = [];
  const badge = createAppBadge({
    setAppBadge: async (count) => void done.push(count ?? 0),
    clearAppBadge: async () => void done.push('none'),
  });
  for (const count of [0, 3, 3, 1, 0, 0]) badge.show(count);
  expect(done).toEqual(['none', 3, 1, 'none']);
});

test('a browser without badges, or one that refuses, is no trouble', async () => {
  expect(() => createAppBadge({}).show(2)).not.toThrow();
  const refusing = createAppBadge({ setAppBadge: () => Promise.reject(new Error('not installed')) });
  expect(() => refusing.show(2)).not.toThrow();
  await Promise.resolve();
});
