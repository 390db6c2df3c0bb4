import { readFileSync } from 'node:fs';

/** Files of a process that are no connections. */
const spare = 500;

/** How many workers a node needs that holds so many connections: each may have as many files open as this process. */
export function workersFor(connections: number): number {
  return Math.ceil(connections / connectionsMax());
}

function connectionsMax(): number {
  return (
    Number(/Max open files\s+\d+\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 0) - spare
  );
}
