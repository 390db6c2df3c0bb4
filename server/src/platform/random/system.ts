import { randomBytes } from 'node:crypto';
import type { Random } from './index.ts';

/** The operating system's randomness. */
export const systemRandom: Random = {
  id: () => randomBytes(16).toString('base64url'),
  secret: (bytes) => randomBytes(bytes).toString('base64url'),
  fraction: () => Math.random(),
};
