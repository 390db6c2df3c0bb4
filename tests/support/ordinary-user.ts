import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Whether a test may run this checkout as an ordinary user: it is root's, and stands where others may enter. */
export const mayBecomeOrdinaryUser = process.getuid?.() === 0 && othersMayEnter(import.meta.dirname);

function othersMayEnter(folder: string): boolean {
  if ((statSync(folder).mode & 0o005) !== 0o005) return false;
  return folder === dirname(folder) || othersMayEnter(dirname(folder));
}
