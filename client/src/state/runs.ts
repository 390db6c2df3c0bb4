/**
 * Which places of a numbering without holes are held: a few runs, each without holes, in ascending order and never
 * touching each other. Pages that overlap or meet become one run.
 */
export interface Run {
  first: number;
  /** The message at `first`, at `first + 1`, and so on. */
  readonly ids: string[];
}
export type Runs = Run[];

export function lastOf(run: Run): number {
  return run.first + run.ids.length - 1;
}

export function place(runs: Runs, ordinal: number, id: string): void {
  let index = runs.findLastIndex((run) => run.first <= ordinal);
  const run = runs[index];
  if (run && ordinal <= lastOf(run)) {
    run.ids[ordinal - run.first] = id;
    return;
  }
  if (run && ordinal === lastOf(run) + 1) {
    run.ids.push(id);
  } else {
    index += 1;
    runs.splice(index, 0, { first: ordinal, ids: [id] });
  }
  joinNext(runs, index);
}

function joinNext(runs: Runs, index: number): void {
  const [run, next] = [runs[index], runs[index + 1]];
  if (!run || !next || lastOf(run) + 1 !== next.first) return;
  run.ids.push(...next.ids);
  runs.splice(index + 1, 1);
}

/** The run that holds `ordinal`. */
export function runAt(runs: Runs, ordinal: number): Run | undefined {
  return runs.find((run) => run.first <= ordinal && ordinal <= lastOf(run));
}

/** Lets go of everything but `length` places at the end or the start of one run. @returns the ids let go of */
export function keepOnly(runs: Runs, run: Run | undefined, length: number, side: 'start' | 'end'): string[] {
  const gone = runs.flatMap((other) => (other === run ? [] : other.ids));
  if (!run) {
    runs.length = 0;
    return gone;
  }
  const excess = run.ids.length - length;
  if (excess > 0 && side === 'end') {
    gone.push(...run.ids.splice(0, excess));
    run.first += excess;
  } else if (excess > 0) {
    gone.push(...run.ids.splice(length));
  }
  runs.splice(0, runs.length, run);
  return gone;
}
