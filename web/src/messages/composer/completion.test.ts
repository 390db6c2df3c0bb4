import { expect, test } from 'vitest';
import { triggerAt } from './completion.ts';

test.each([
  ['@', 'person', ''],
  ['hello @ad', 'person', 'ad'],
  ['(@ada.l', 'person', 'ada.l'],
  ['**@ada', 'person', 'ada'],
  ['see #gen', 'room', 'gen'],
  ['#größe', 'room', 'größe'],
  ['nice :ta', 'emoji', 'ta'],
  [':+1', 'emoji', '+1'],
  ['/', 'command', ''],
  ['/sta', 'command', 'sta'],
])('%s completes a %s', (text, kind, query) => {
  const trigger = triggerAt(text, text.length);
  expect(trigger).toMatchObject({ kind, query, end: text.length });
  expect(text.slice(trigger?.start, trigger?.end)).toMatch(/^[@#:/]/);
});

test.each([
  '',
  'ada@example',
  'a:b',
  ':',
  ':3',
  '10:30',
  'x /sta',
  '@ada ',
  '`@ada',
  '```\n@ada',
  '/topic new',
])('%j completes nothing', (text) => expect(triggerAt(text, text.length)).toBeNull());

test('it looks at the caret, not at the end', () => {
  expect(triggerAt('@ada and @gr', 4)).toEqual({ kind: 'person', query: 'ada', start: 0, end: 4 });
  expect(triggerAt('`x` @a', 6)?.query).toBe('a');
});
