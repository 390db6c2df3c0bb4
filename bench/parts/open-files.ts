import { readFileSync } from 'node:fs';

/** Files of a node that are no connections. */
const spare = 500;

/** How many connections a node that we start may hold: it inherits how many files may be open. */
export function connectionsMax(): number {
  return (
    Number(/Max open files\s+\d+\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 0) - spare
  );
}
