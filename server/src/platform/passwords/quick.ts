import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Passwords } from './index.ts';

/** Salted SHA-256. For tests and simulation: whoever steals such hashes finds the passwords. */
export function createQuickPasswords(): Passwords {
  const digest = (salt: string, password: string): Buffer =>
    createHash('sha256').update(salt).update(password.normalize('NFC')).digest();
  return {
    hash: (password) => {
      const salt = randomBytes(12).toString('base64url');
      return Promise.resolve(`quick$${salt}$${digest(salt, password).toString('base64url')}`);
    },
    verify: (hash, password) => {
      const [, salt = '', kept = ''] = hash?.split('$') ?? [];
      const [a, b] = [Buffer.from(kept, 'base64url'), digest(salt, password)];
      return Promise.resolve(a.length === b.length && timingSafeEqual(a, b));
    },
  };
}
