/**
 * Secrets that open a door by themselves. 256 random bits cannot be guessed, so a fast hash is enough, and finding one
 * by the hash in an index tells nothing about others. Only the hash is stored: whoever reads the database has no key.
 */
import { createHash } from 'node:crypto';
import type { Random } from '../platform/random/index.ts';

/** The beginning says what it is, so that people and scanners know it when they see it lying about. */
const prefixes = { session: 'cfs_', token: 'cft_', invitation: 'cfi_', reset: 'cfr_' } as const;
const secretBytes = 32;

export type SecretKind = keyof typeof prefixes;

export interface NewSecret {
  readonly secret: string;
  readonly hash: Buffer;
}

export function makeSecret(random: Random, kind: SecretKind): NewSecret {
  const secret = prefixes[kind] + random.secret(secretBytes);
  return { secret, hash: hashSecret(secret) };
}

/** What the database knows a secret by. Any text has a hash; only those of secrets given out are found. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
