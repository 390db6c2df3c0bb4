/** What was measured, a row for each measure and subject, with every round's value. */
import { median } from './measures/statistics.ts';

export interface Row {
  readonly measure: string;
  readonly subject: string;
  readonly unit: string;
  median: number;
  readonly rounds: number[];
}

/** The median of what each round said, and how far they lay apart; null where one of the two was absent. */
export type Ratio = { readonly median: number; readonly min: number; readonly max: number } | null;

export interface Rows {
  readonly all: readonly Row[];
  record(measure: string, subject: string, unit: string, value: number): void;
  /** Round by round, since what was measured together belongs together. */
  ratio(above: readonly [measure: string, subject: string], below: readonly [string, string]): Ratio;
}

export function createRows(onRecord: (line: string) => void): Rows {
  const rows: Row[] = [];
  const find = (measure: string, subject: string): Row | undefined =>
    rows.find((row) => row.measure === measure && row.subject === subject);
  return {
    all: rows,
    record(measure, subject, unit, value) {
      const found = find(measure, subject);
      const row = found ?? { measure, subject, unit, median: 0, rounds: [] };
      if (!found) rows.push(row);
      row.rounds.push(value);
      row.median = median(row.rounds);
      onRecord(`  ${measure} · ${subject}: ${shown(value)} ${unit}`);
    },
    ratio(above, below) {
      const [top, bottom] = [find(...above), find(...below)];
      if (!top || !bottom) return null;
      const values = top.rounds.flatMap((value, round) => {
        const against = bottom.rounds[round];
        return against !== undefined && against > 0 ? [value / against] : [];
      });
      if (values.length === 0) return null;
      return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
    },
  };
}

export function shown(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: Math.abs(value) < 10 ? 2 : 0 });
}

/** Columns as wide as what stands in them. */
export function tableOf(lines: readonly (readonly string[])[]): string {
  const columns = Math.max(...lines.map((line) => line.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function rowTable(rows: readonly Row[]): string {
  const cells = rows.map(({ measure, subject, unit, median: middle, rounds }) => {
    const spread = `${shown(Math.min(...rounds))}–${shown(Math.max(...rounds))}`;
    return [measure, subject, shown(middle), spread, unit];
  });
  return tableOf([['measure', 'subject', 'median', 'spread', 'unit'], ...cells]);
}

export function ratioTable(ratios: Readonly<Record<string, Ratio>>): string {
  const cells = Object.entries(ratios).map(([name, ratio]) =>
    ratio === null
      ? [name, '–', 'not measured']
      : [name, ratio.median.toFixed(2), `${ratio.min.toFixed(2)}–${ratio.max.toFixed(2)}`],
  );
  return tableOf(cells);
}
