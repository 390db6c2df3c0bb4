import { parseMarkdown } from '@confab/protocol/markdown';
import { expect, test } from 'vitest';
import { countOfLoneEmoji } from './lone-emoji.ts';

test.each([
  ['🎉', 1],
  ['🎉 👩🏿‍💻\t🇫🇷 :tada:', 4],
  ['1️⃣', 1],
  ['ok 🎉', 0],
  ['12', 0],
  ['🎉\n🎉', 0],
  ['- 🎉', 0],
  ['', 0],
])('%s', (text, count) => {
  expect(countOfLoneEmoji(parseMarkdown(text))).toBe(count);
});
