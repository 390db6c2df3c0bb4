import { describe, expect, test } from 'vitest';
import {
  breakLine,
  difference,
  fenceCode,
  makeLink,
  pasteAddress,
  replaceRange,
  toggleLines,
  toggleMark,
  type TextEdit,
} from './text-edit.ts';

/** `a[bc]d`: the selection between brackets that are not in the text; `a|b`: a caret. */
function edit(drawn: string): TextEdit {
  const caret = drawn.indexOf('|');
  if (caret !== -1) return { text: drawn.replace('|', ''), start: caret, end: caret };
  const start = drawn.indexOf('‹');
  return { text: drawn.replace(/[‹›]/g, ''), start, end: drawn.indexOf('›') - 1 };
}

function draw({ text, start, end }: TextEdit): string {
  if (start === end) return `${text.slice(0, start)}|${text.slice(start)}`;
  return `${text.slice(0, start)}‹${text.slice(start, end)}›${text.slice(end)}`;
}

describe('marks', () => {
  test.each([
    ['a ‹word› b', 'a **‹word›** b'],
    ['a **‹word›** b', 'a ‹word› b'],
    ['a ‹**word**› b', 'a ‹word› b'],
    ['a‹ word › b', 'a **‹word›**  b'],
    ['a | b', 'a **|** b'],
  ])('%s → %s', (before, after) => expect(draw(toggleMark(edit(before), '**'))).toBe(after));
});

describe('lines', () => {
  test.each([
    ['> ', 'one\n‹two\nthree›', 'one\n‹> two\n> three›'],
    ['> ', '‹> two\n> three›', '‹two\nthree›'],
    ['- ', 'two|', '- two|'],
    ['1. ', '‹- a\n- b›', '‹1. a\n2. b›'],
    ['- ', '|', '- |'],
  ] as const)('%s %s', (mark, before, after) => expect(draw(toggleLines(edit(before), mark))).toBe(after));
});

test('code stands on lines of its own', () => {
  expect(draw(fenceCode(edit('see ‹x = 1› there')))).toBe('see \n```\n‹x = 1›\n```\n there');
  expect(draw(fenceCode(edit('|')))).toBe('```\n|\n```');
});

test('a link selects what is missing', () => {
  expect(draw(makeLink(edit('the ‹docs›')))).toBe('the [docs](‹https://›)');
  expect(draw(makeLink(edit('‹https://a.example›')))).toBe('[|](https://a.example)');
});

describe('a new line', () => {
  test.each([
    ['a|', 'a\n|'],
    ['- a|', '- a\n- |'],
    ['  3. a|', '  3. a\n  4. |'],
    ['> a|', '> a\n> |'],
    ['- [x] a|', '- [x] a\n- [ ] |'],
    ['- a\n- |', '- a\n|'],
    ['x\n- a|b', 'x\n- a\n- |b'],
  ])('%j → %j', (before, after) => expect(draw(breakLine(edit(before)))).toBe(after));
});

test('the difference leads from one text to the other', () => {
  for (const [before, after] of [
    ['abc', 'abxc'],
    ['aaa', 'aa'],
    ['', 'new'],
    ['same', 'same'],
    ['aba', 'ababa'],
  ] as const) {
    const { start, end, inserted } = difference(before, after);
    expect(replaceRange({ text: before, start: 0, end: 0 }, { start, end }, inserted).text).toBe(after);
    expect(inserted.length).toBeLessThanOrEqual(after.length);
  }
  expect(difference('one two', 'one 2 two')).toEqual({ start: 4, end: 4, inserted: '2 ' });
});

describe('an address that is pasted', () => {
  test.each([
    ['see ‹this page› now', 'https://x.org/a?b=1', 'see [this page](https://x.org/a?b=1)| now'],
    ['‹word›', ' https://x.org\n', '[word](https://x.org)|'],
  ])('%s makes a link of words', (before, pasted, after) => {
    const made = pasteAddress(edit(before), pasted);
    expect(made && draw(made)).toBe(after);
  });

  test.each([
    ['a | b', 'https://x.org'],
    ['‹word›', 'other words'],
    ['‹word›', 'javascript:alert(1)'],
    ['‹https://y.org›', 'https://x.org'],
    ['‹two\nlines›', 'https://x.org'],
    ['‹word›', 'https://x.org https://y.org'],
  ])('%s with %s stays as it is', (before, pasted) => {
    expect(pasteAddress(edit(before), pasted)).toBeNull();
  });
});
