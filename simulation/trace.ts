import { createHash } from 'node:crypto';

/** What happened, in order. The hash takes in every line whole, so that equal hashes mean equal runs. */
export interface Trace {
  /** @param rest goes into the hash, and into the line only as far as it fits. */
  note(line: string, rest?: string): void;
  /** The last lines that any of the words occurs in; all lines for no words. */
  last(count: number, words?: readonly string[]): string[];
  readonly hash: string;
  readonly count: number;
}

const lineCharsMax = 260;
/** Older lines are forgotten, so that a long seed does not grow. */
const linesMax = 40_000;

/** @param echo hears of every line at once, for `--trace`. */
export function createTrace(deps: { now: () => number; echo?: ((line: string) => void) | undefined }): Trace {
  const hash = createHash('sha1');
  let lines: string[] = [];
  let count = 0;
  return {
    note(line, rest = '') {
      count += 1;
      const whole = `${deps.now().toFixed(1).padStart(9)} ${line}${rest === '' ? '' : ` ${rest}`}`;
      hash.update(whole);
      const shown = whole.length > lineCharsMax ? `${whole.slice(0, lineCharsMax)}…` : whole;
      lines.push(shown);
      if (lines.length > linesMax) lines = lines.slice(linesMax / 2);
      deps.echo?.(shown);
    },
    last(wanted, words = []) {
      const fitting =
        words.length === 0 ? lines : lines.filter((line) => words.some((word) => line.includes(word)));
      return fitting.slice(-wanted);
    },
    get hash() {
      return hash.copy().digest('hex');
    },
    get count() {
      return count;
    },
  };
}
