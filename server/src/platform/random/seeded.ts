import type { Random } from './index.ts';

/** The same numbers for the same seed (splitmix32). For tests and simulation: anyone can guess its secrets. */
export function createSeededRandom(seed: number): Random {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const secret = (bytes: number): string =>
    Buffer.from(Array.from({ length: bytes }, () => next() & 0xff)).toString('base64url');
  return { id: () => secret(16), secret, fraction: () => next() / 2 ** 32 };
}
