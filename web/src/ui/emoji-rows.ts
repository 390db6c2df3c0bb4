import {
  emojiGroups,
  searchEmoji,
  withTone,
  type EmojiGroup,
  type EmojiTable,
  type SkinTone,
} from '@confab/protocol/emoji';

/** One that can be chosen. Either `character` or `picture` (an address) is there. */
export type EmojiChoice = {
  shortcode: string;
  name: string;
  character: string | null;
  picture: string | null;
};

/** A workspace's own. */
export type OwnEmoji = { shortcode: string; picture: string };

export type EmojiRow =
  | { kind: 'heading'; key: EmojiHeading }
  | { kind: 'cells'; key: string; choices: readonly EmojiChoice[] };

export type EmojiSource = {
  table: EmojiTable;
  own: readonly OwnEmoji[];
  /** shortcodes, newest first; unknown ones are left out */
  recent: readonly string[];
  tone: SkinTone | null;
};

export const emojiColumns = 9;
export const recentHeading = 'recent';
export const ownHeading = 'own';
export type EmojiHeading = EmojiGroup | typeof recentHeading | typeof ownHeading;
/** More results nobody reads. */
const foundMax = emojiColumns * 12;

/** The picker from top to bottom: everything in groups, or what a query finds. */
export function emojiRows(source: EmojiSource, query: string): EmojiRow[] {
  const { table, own, recent, tone } = source;
  const standard = (emoji: EmojiTable['all'][number]): EmojiChoice => ({
    shortcode: emoji.shortcodes[0],
    name: emoji.name,
    character: withTone(emoji, tone),
    picture: null,
  });
  const ofOwn = ({ shortcode, picture }: OwnEmoji): EmojiChoice => ({
    shortcode,
    name: shortcode.replaceAll(/[_-]+/g, ' '),
    character: null,
    picture,
  });
  if (query.trim() !== '') {
    const ownFound = searchEmoji(
      own.map((emoji) => ({ ...emoji, shortcodes: [emoji.shortcode] as const, name: '', keywords: [] })),
      query,
      emojiColumns,
    );
    return rowsOf('found', [...ownFound.map(ofOwn), ...table.search(query, foundMax).map(standard)]);
  }
  const used = recent.flatMap((shortcode): EmojiChoice[] => {
    const emoji = table.byShortcode(shortcode);
    const mine = own.find((one) => one.shortcode === shortcode);
    return mine ? [ofOwn(mine)] : emoji ? [standard(emoji)] : [];
  });
  return [
    ...groupRows(recentHeading, used.slice(0, emojiColumns * 2)),
    ...groupRows(ownHeading, own.map(ofOwn)),
    ...emojiGroups.flatMap((group) =>
      groupRows(group, table.all.filter((emoji) => emoji.group === group).map(standard)),
    ),
  ];
}

function groupRows(heading: EmojiHeading, choices: readonly EmojiChoice[]): EmojiRow[] {
  return choices.length === 0 ? [] : [{ kind: 'heading', key: heading }, ...rowsOf(heading, choices)];
}

function rowsOf(name: string, choices: readonly EmojiChoice[]): EmojiRow[] {
  const rows: EmojiRow[] = [];
  for (let from = 0; from < choices.length; from += emojiColumns) {
    rows.push({ kind: 'cells', key: `${name}-${from}`, choices: choices.slice(from, from + emojiColumns) });
  }
  return rows;
}

/** A place in the grid: index of the row and column. */
export type Cell = { row: number; column: number };

export function choiceAt(rows: readonly EmojiRow[], cell: Cell): EmojiChoice | undefined {
  const row = rows[cell.row];
  return row?.kind === 'cells' ? row.choices[cell.column] : undefined;
}

export function firstCell(rows: readonly EmojiRow[]): Cell {
  return {
    row: Math.max(
      0,
      rows.findIndex(({ kind }) => kind === 'cells'),
    ),
    column: 0,
  };
}

/** Where an arrow leads: along the row and on to the next, up and down over headings; stays at the ends. */
export function moveCell(rows: readonly EmojiRow[], from: Cell, by: { columns: number; rows: number }): Cell {
  if (by.columns !== 0) {
    const beside = { row: from.row, column: from.column + by.columns };
    if (choiceAt(rows, beside) !== undefined) return beside;
    const row = nextCells(rows, from.row, by.columns);
    if (row === from.row) return from;
    return { row, column: by.columns > 0 ? 0 : widthOf(rows, row) - 1 };
  }
  const row = nextCells(rows, from.row, by.rows);
  return { row, column: Math.min(from.column, widthOf(rows, row) - 1) };
}

function nextCells(rows: readonly EmojiRow[], from: number, step: number): number {
  for (let row = from + step; row >= 0 && row < rows.length; row += step) {
    if (rows[row]?.kind === 'cells') return row;
  }
  return from;
}

function widthOf(rows: readonly EmojiRow[], row: number): number {
  const found = rows[row];
  return found?.kind === 'cells' ? found.choices.length : 1;
}
