import { promises, type PromiseName } from './promises.ts';

/** A promise that was broken: which; how; and by which words the trace tells of it. */
export interface Finding {
  readonly promise: PromiseName;
  readonly how: string;
  readonly words: readonly string[];
}

export interface Findings {
  broken(promise: PromiseName, how: string, words?: readonly string[]): void;
  /** The first is the one to look at: what follows is often its consequence. */
  readonly first: Finding | null;
}

export function createFindings(deps: { note: (line: string) => void }): Findings {
  let first: Finding | null = null;
  return {
    broken(promise, how, words = []) {
      deps.note(`!!! ${promises[promise]} ${how}`);
      first ??= { promise, how, words };
    },
    get first() {
      return first;
    },
  };
}
