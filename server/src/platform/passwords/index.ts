/** Password hashing (argon2id, RFC 9106). Slow on purpose; never called while a transaction is open. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** True when `password` made `hash`. With `hash` null it takes as long and answers false, so that timing tells nothing. */
  verify(hash: string | null, password: string): Promise<boolean>;
}

export { createArgon2Passwords, type Argon2Options } from './argon2.ts';
export { createQuickPasswords } from './quick.ts';
