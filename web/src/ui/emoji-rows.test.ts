import { loadEmojiTable, skinTones, type EmojiTable } from '@confab/protocol/emoji';
import { beforeAll, expect, test } from 'vitest';
import { choiceAt, emojiColumns, emojiRows, firstCell, moveCell, type EmojiSource } from './emoji-rows.ts';

let table: EmojiTable;
beforeAll(async () => {
  table = await loadEmojiTable();
});

const source = (rest: Partial<EmojiSource> = {}): EmojiSource => ({
  table,
  own: [],
  recent: [],
  tone: null,
  ...rest,
});
const parrot = { shortcode: 'party_parrot', picture: '/parrot.gif' };

test('recent ones and the workspace’s own come first, then the groups', () => {
  const rows = emojiRows(source({ recent: ['tada', 'gone', 'party_parrot'], own: [parrot] }), '');
  const headings = rows.flatMap((row) => (row.kind === 'heading' ? [row.key] : []));
  expect(headings.slice(0, 3)).toEqual(['recent', 'own', 'Smileys & emotion']);
  expect(headings).toHaveLength(11);
  expect(choiceAt(rows, { row: 1, column: 0 })).toMatchObject({ character: '🎉', shortcode: 'tada' });
  expect(choiceAt(rows, { row: 1, column: 1 })).toMatchObject({ character: null, picture: '/parrot.gif' });
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

test('a query finds in both, in the chosen tone', () => {
  const rows = emojiRows(source({ own: [parrot], tone: skinTones[4] }), 'par');
  expect(choiceAt(rows, { row: 0, column: 0 })?.shortcode).toBe('party_parrot');
  expect(choiceAt(emojiRows(source({ tone: skinTones[4] }), 'wave'), { row: 0, column: 0 })?.character).toBe(
    '👋🏿',
  );
  expect(emojiRows(source(), 'zzzz')).toEqual([]);
});

test('arrows walk over headings and stop at the ends', () => {
  const rows = emojiRows(source({ recent: ['tada', 'wave'] }), '');
  const start = firstCell(rows);
  expect(start).toEqual({ row: 1, column: 0 });
  const right = { columns: 1, rows: 0 };
  expect(moveCell(rows, { row: 1, column: 1 }, right)).toEqual({ row: 3, column: 0 });
  expect(moveCell(rows, { row: 3, column: 0 }, { columns: -1, rows: 0 })).toEqual({ row: 1, column: 1 });
  expect(moveCell(rows, { row: 3, column: 5 }, { columns: 0, rows: -1 })).toEqual({ row: 1, column: 1 });
  expect(moveCell(rows, start, { columns: 0, rows: 1 })).toEqual({ row: 3, column: 0 });
  expect(moveCell(rows, start, { columns: -1, rows: 0 })).toEqual(start);
  const last = { row: rows.length - 1, column: 0 };
  expect(moveCell(rows, last, { columns: 0, rows: 1 }).row).toBe(rows.length - 1);
  expect(emojiColumns).toBe(9);
});
