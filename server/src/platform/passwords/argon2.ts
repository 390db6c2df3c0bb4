import { Fault } from '../fault.ts';
import { createTurnstile } from '../turnstile.ts';
import type { Passwords } from './index.ts';

export interface Argon2Options {
  /** Memory of one hash in KiB. */
  memoryKib?: number;
  /** Passes over that memory. */
  passes?: number;
  /** How many hashes are made at once; the rest wait. */
  atOnceMax?: number;
  /** How many may wait before a caller is told to come again. */
  waitingMax?: number;
}

/**
 * argon2id with one lane. By default 19 MiB and two passes: the smallest setting OWASP's password storage cheat
 * sheet calls equivalent to RFC 9106's recommendations, about 20 ms. Two at once leave the other threads free.
 */
export function createArgon2Passwords(options: Argon2Options = {}): Passwords {
  const { memoryKib = 19_456, passes = 2, atOnceMax = 2, waitingMax = 100 } = options;
  const pass = createTurnstile({
    insideMax: atOnceMax,
    waitingMax,
    whenFull: () => new Fault('too many passwords are being checked', { part: 'passwords', retryable: true }),
  });
  const make = async (password: string): Promise<string> => {
    const { hash } = await import('@node-rs/argon2');
    // argon2id is the library's default; its enum exists at compile time only.
    return hash(typed(password), { memoryCost: memoryKib, timeCost: passes, parallelism: 1 });
  };
  return {
    hash: (password) => pass(() => make(password)),
    verify: (hash, password) =>
      pass(async () => {
        if (hash === null) {
          // Making a hash costs what verifying one does.
          await make(password);
          return false;
        }
        const { verify } = await import('@node-rs/argon2');
        return verify(hash, typed(password));
      }),
  };
}

/** Keyboards differ in how they compose letters; RFC 8265 has the same password mean the same characters. */
function typed(password: string): string {
  return password.normalize('NFC');
}
