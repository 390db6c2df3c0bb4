import { describe, expect, it } from 'vitest';
import { plainLine } from './plain-line.ts';
import { Refusal } from './refusal.ts';

const path = '/name';
const refusal = (text: string, mayBeEmpty = false): Refusal | null => {
  try {
    plainLine(text, { path, mayBeEmpty });
    return null;
  } catch (error) {
    return error instanceof Refusal ? error : null;
  }
};

describe('a plain line', () => {
  it('loses white space at its ends and nothing else', () => {
    expect(plainLine('  Ada  Lovelace \t\n', { path })).toBe('Ada  Lovelace');
    expect(plainLine('\u3000山田 太郎\u00a0', { path })).toBe('山田 太郎');
  });

  it.each([
    ['letters of any writing', 'Łukasz Öztürk עברית'],
    ['an emoji joined of several', '👩\u200d👩\u200d👧\ufe0f'],
    ['the marks right-to-left writing needs', 'שלום\u200f (ok)\u200e'],
    ['a joiner inside a word', 'می\u200cخواهم'],
  ])('keeps %s', (_, text) => {
    expect(plainLine(text, { path })).toBe(text);
  });

  it.each([
    ['NUL', 'a\u0000b'],
    ['a line feed', 'a\nb'],
    ['a tab', 'a\tb'],
    ['an escape', 'a\u001b[31mb'],
    ['delete', 'a\u007fb'],
    ['a C1 control', 'a\u0085b'],
    ['a line separator', 'a\u2028b'],
    ['an override to right to left', 'user\u202etxt.exe'],
    ['an embedding', 'a\u202ab'],
    ['an isolate', 'a\u2067b'],
    ['half a character', 'a\ud83db'],
  ])('is refused with %s', (_, text) => {
    expect(refusal(text)).toMatchObject({ code: 'invalid', data: { path } });
    expect(refusal(text, true)).toMatchObject({ code: 'invalid', data: { path } });
  });

  it.each([
    ['nothing', ''],
    ['spaces', ' \u2003 '],
    ['zero-width spaces', '\u200b\ufeff'],
    ['a Hangul filler', '\u3164'],
    ['blank Braille', '\u2800'],
  ])('is refused when it is %s, unless it may be empty', (_, text) => {
    expect(refusal(text)).toMatchObject({ code: 'invalid', data: { path } });
    expect(plainLine(text, { path, mayBeEmpty: true })).toBe('');
  });
});
