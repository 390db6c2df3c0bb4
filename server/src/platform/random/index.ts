/** Randomness, passed in so that a simulation can replay it. */
export interface Random {
  /** A fresh identifier that nobody else makes: 22 characters of base64url. */
  id(): string;
  /** An unguessable secret of `bytes` random bytes as base64url. */
  secret(bytes: number): string;
  /** A number in [0, 1). */
  fraction(): number;
}

export { systemRandom } from './system.ts';
export { createSeededRandom } from './seeded.ts';
