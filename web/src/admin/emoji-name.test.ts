import { Check } from 'typebox/value';
import { expect, test } from 'vitest';
import { EmojiName } from '@confab/protocol/workspace';
import { en } from '../language/index.ts';
import { emojiNameOf, emojiNameProblem } from './emoji-name.ts';

test.each([
  ['Party Parrot (1).gif', 'party_parrot_1'],
  ['café.png', 'cafe'],
  ['ok-hand+1.webp', 'ok-hand+1'],
  ['архив.png', ''],
  ['x.png', ''],
  ['no-ending', 'no-ending'],
  ['a.b.c.png', 'a_b_c'],
  [`${'long'.repeat(20)}.png`, 'long'.repeat(10)],
])('%s becomes %s', (fileName, name) => {
  expect(emojiNameOf(fileName)).toBe(name);
});

test('what is said to be fine is what the protocol takes', () => {
  for (const name of ['ab', 'party_parrot', '+1', 'a-b', 'x', '', 'Größe', 'a b', 'a:b']) {
    expect([name, emojiNameProblem(name, en) === undefined]).toEqual([name, Check(EmojiName, name)]);
  }
});
