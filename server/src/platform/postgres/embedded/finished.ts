import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Finished {
  /** Null when a signal ended it, or it never began. */
  code: number | null;
  /** The last lines of its standard error. */
  said: string[];
}

const linesMax = 50;

/** Waits for a child's end, keeping its last words. `heed` is told of each line as it comes. */
export async function finished(
  child: ChildProcess,
  heed: (line: string) => void = () => {},
): Promise<Finished> {
  const said: string[] = [];
  const keep = (line: string): void => {
    if (said.length === linesMax) said.shift();
    said.push(line);
    heed(line);
  };
  if (child.stderr !== null) createInterface({ input: child.stderr }).on('line', keep);
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: null, said: [...said, error.message] }));
    child.once('close', (code) => resolve({ code, said }));
  });
}
