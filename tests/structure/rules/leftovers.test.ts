import { expect, test } from 'vitest';
import { report, treeOf } from '../tree.ts';
import { leftovers } from './leftovers.ts';

function found(path: string, text: string): string {
  return report(leftovers(treeOf({ [path]: text })));
}

test('reminders are found, in code only', () => {
  const [later, broken] = ['TO', 'FIX'].map((word) => word + (word === 'TO' ? 'DO' : 'ME'));
  expect(
    found(
      'server/src/a.ts',
      `const a = 1;
// ${later}: more`,
    ),
  ).toContain('a.ts:2 something is left');
  expect(found('server/migrations/0001-start.sql', `-- ${broken}`)).toContain('left to do');
  expect(found('docs/a.md', `a list of ${later} items`)).toBe('');
});

test.each(['it.skip(', 'test.only(', 'describe.todo(', 'test.concurrent.skip(', 'xit('])(
  'a test that does not run: %s',
  (text) => {
    expect(found('server/src/a.test.ts', text)).toContain('does not run');
    expect(found('server/src/a.ts', text)).toBe('');
  },
);

test('a test that needs something of the machine may say so', () => {
  expect(found('server/src/a.test.ts', 'it.runIf(isRoot)(')).toBe('');
});

test('a test that cannot fail', () => {
  expect(found('server/src/a.test.ts', 'expect(true).toBe(true)')).toContain('cannot fail');
});

test.each([
  'await page.waitForTimeout(5)',
  'new Promise((resolve) => setTimeout(resolve, 5))',
  'await sleep(5)',
])('a test that sleeps: %s', (text) => {
  expect(found('server/src/a.test.ts', text)).toContain('waits for a condition');
});

test('a clock that is told to sleep is no sleep', () => {
  expect(found('server/src/a.test.ts', 'clock.sleep(600_000)')).toBe('');
});

test('a compiler told to look away', () => {
  expect(found('web/src/a.ts', '// @ts-ignore')).toContain('look away');
  expect(found('web/src/a.ts', '// @ts-expect-error the driver types it wrongly')).toBe('');
});
