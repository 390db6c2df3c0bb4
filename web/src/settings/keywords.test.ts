import { limits } from '@confab/protocol/limits';
import { expect, test } from 'vitest';
import { withKeywords } from './keywords.ts';

test('words are added, several between commas, each once', () => {
  expect(withKeywords([], '  release   notes , Deploy,, ')).toEqual({
    keywords: ['release notes', 'Deploy'],
  });
  expect(withKeywords(['deploy'], 'DEPLOY, bug, Bug')).toEqual({ keywords: ['deploy', 'bug'] });
  expect(withKeywords(['本番'], '障害、本番')).toEqual({ keywords: ['本番', '障害'] });
});

test('what cannot be added is told', () => {
  expect(withKeywords(['bug'], ' , ')).toEqual({ problem: 'none' });
  expect(withKeywords(['bug'], 'BUG')).toEqual({ problem: 'known' });
  expect(withKeywords([], 'x'.repeat(limits.keywordCharsMax + 1))).toEqual({ problem: 'long' });
  const full = Array.from({ length: limits.keywordsMax }, (_, index) => `word ${index}`);
  expect(withKeywords(full, 'one more')).toEqual({ problem: 'many' });
});
