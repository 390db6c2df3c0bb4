export type Cell = string | number | boolean | null;

/** Where answers go: standard output, in words or as JSON. The log goes to standard error. */
export interface Output {
  /** One thing: its facts, or the sentence that says them. */
  record(facts: object, sentence: string): void;
  /** Several things of a kind, in columns named after their fields. */
  table(rows: readonly Readonly<Record<string, Cell>>[], whenNone: string): void;
}

export function createOutput(json: boolean): Output {
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  if (json) {
    return {
      record: (facts) => print(JSON.stringify(facts, null, 2)),
      table: (rows) => print(JSON.stringify(rows, null, 2)),
    };
  }
  return {
    record: (_, sentence) => print(sentence),
    table(rows, whenNone) {
      const [first] = rows;
      if (first === undefined) print(whenNone);
      else for (const line of columns(Object.keys(first), rows)) print(line);
    },
  };
}

function columns(names: readonly string[], rows: readonly Readonly<Record<string, Cell>>[]): string[] {
  const cells = [
    names.map((name) => name.toUpperCase()),
    ...rows.map((row) => names.map((name) => shown(row[name]))),
  ];
  const widths = names.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function shown(value: Cell | undefined): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  // Names are people's own: they must not move the cursor.
  // oxlint-disable-next-line no-control-regex
  return String(value).replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

/** A moment as a day in UTC. */
export function day(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().slice(0, 10);
}
