import { expect, test } from 'vitest';
import { endingOf, filePath, kindOf, sizeText } from './file-facts.ts';

test.each([
  ['image/png', 'picture'],
  ['image/svg+xml', 'other'],
  ['video/mp4', 'video'],
  ['text/plain', 'text'],
  ['application/zip', 'archive'],
  ['application/pdf', 'document'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'document'],
  ['application/octet-stream', 'other'],
])('%s is a %s', (type, kind) => expect(kindOf(type)).toBe(kind));

test('sizes are written as the language does', () => {
  expect(sizeText('en', 0)).toBe('0 bytes');
  expect(sizeText('en', 1_440_000)).toBe('1.4 MB');
  expect(sizeText('de', 1_440_000)).toBe('1,4 MB');
  expect(sizeText('en', 25_000_000)).toBe('25 MB');
});

test('endings and paths', () => {
  expect(endingOf('plan.final.pdf')).toBe('PDF');
  expect(endingOf('.profile')).toBe('');
  expect(endingOf('Read me')).toBe('');
  expect(filePath({ id: '5', name: 'a/b?.txt' })).toBe('/api/v1/files/5/content/a%2Fb%3F.txt');
});
