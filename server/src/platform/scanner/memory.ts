import { Fault } from '../fault.ts';
import type { Scanner, Verdict } from './index.ts';

/** Knows what it was told: `answer` of the bytes, null while it is away. */
export function createMemoryScanner(answer: (bytes: Buffer) => Verdict | null): Scanner {
  const orFail = (verdict: Verdict | null): Verdict => {
    if (verdict !== null) return verdict;
    throw new Fault('the virus scanner does not answer', { part: 'scanner', retryable: true });
  };
  return {
    async scan(read) {
      const pieces: Uint8Array[] = [];
      for await (const piece of read()) pieces.push(piece);
      return orFail(answer(Buffer.concat(pieces)));
    },
    async greet() {
      orFail(answer(Buffer.alloc(0)));
      return 'a scanner in memory';
    },
  };
}
