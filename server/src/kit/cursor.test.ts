import { describe, expect, it } from 'vitest';
import { cutPage, formatCursor, parseCursor } from './cursor.ts';

const forged = [
  '',
  'nonsense',
  Buffer.from('{"a":1}').toString('base64url'),
  Buffer.from('null').toString('base64url'),
  formatCursor('Größe'),
  formatCursor('Größe', '12', '13'),
  formatCursor('Größe', '12; drop table rooms'),
  formatCursor('Größe', '-1'),
  formatCursor('Größe', '99999999999999999999'),
  formatCursor('nul\u0000', '12'),
  Buffer.from('["half \\ud83d","12"]').toString('base64url'),
  Buffer.from('["text",12]').toString('base64url'),
];

describe('a cursor', () => {
  it('gives back its key', () => {
    expect(parseCursor(formatCursor('Größe', '1001'), ['text', 'number'])).toEqual(['Größe', '1001']);
    expect(parseCursor(formatCursor('0'), ['number'])).toEqual(['0']);
  });

  it.each(forged)('is refused when no page gave it out: %s', (cursor) => {
    expect(() => parseCursor(cursor, ['text', 'number'])).toThrow(
      expect.objectContaining({ code: 'invalid', data: expect.objectContaining({ path: '/cursor' }) }),
    );
  });
});

describe('cutting a page', () => {
  const keyOf = (row: number): string[] => [String(row)];

  it('leads on from the last row that was shown', () => {
    expect(cutPage([1, 2, 3], 2, keyOf)).toEqual({ rows: [1, 2], next: formatCursor('2') });
  });

  it('ends where nothing follows', () => {
    expect(cutPage([1, 2], 2, keyOf)).toEqual({ rows: [1, 2], next: null });
    expect(cutPage([], 2, keyOf)).toEqual({ rows: [], next: null });
  });
});
