import { expect, test } from 'vitest';
import { report, treeOf } from '../tree.ts';
import { fileSizes, functionSizes } from './sizes.ts';

const lines = (count: number, line = 'a();'): string => `${line}\n`.repeat(count);

test('a file of 401 lines is too long, also a test and a style sheet', () => {
  for (const path of ['server/src/a.ts', 'server/src/a.test.ts', 'web/src/a.css']) {
    expect(report(fileSizes(treeOf({ [path]: lines(401) }), {}))).toContain('has 401 lines, at most 400');
    expect(fileSizes(treeOf({ [path]: lines(400) }), {})).toEqual([]);
  }
});

test('an exception is heard, and found when it is no longer needed', () => {
  const tree = treeOf({ 'web/src/a.ts': lines(401), 'web/src/b.ts': lines(2) });
  expect(fileSizes(tree, { 'web/src/a.ts': 'a table' })).toEqual([]);
  expect(report(fileSizes(tree, { 'web/src/a.ts': 'a table', 'web/src/b.ts': 'why' }))).toBe(
    'web/src/b.ts no longer needs its exception: take it out of the list.',
  );
});

test('a function of 61 lines is too long, in whatever form', () => {
  const body = `{\n${lines(59)}}`;
  const forms = {
    sendMessage: `export async function sendMessage() ${body}`,
    arrow: `const arrow = () => ${body};`,
    method: `class A { method() ${body} }`,
  };
  for (const [name, text] of Object.entries(forms)) {
    expect(report(functionSizes(treeOf({ 'server/src/a.ts': text }), {}))).toBe(
      `server/src/a.ts:1 ${name} has 61 lines of its own, at most 60 are allowed. Take out a step that has a name.`,
    );
    expect(functionSizes(treeOf({ 'server/src/a.ts': text.replace('a();\n', '') }), {})).toEqual([]);
  }
});

test('a factory counts without the functions it makes, and each of those counts by itself', () => {
  const inner = `function inner() {\n${lines(50)}}\n`;
  const factory = `export function createA() {\n${inner}${inner.replace('inner', 'other')}return { inner, other };\n}`;
  expect(functionSizes(treeOf({ 'server/src/a.ts': factory }), {})).toEqual([]);
  const long = factory.replace(lines(50), lines(60));
  expect(report(functionSizes(treeOf({ 'server/src/a.ts': long }), {}))).toContain(':2 inner has 62 lines');
});
