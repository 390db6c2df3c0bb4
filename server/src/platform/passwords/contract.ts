import { describe, expect, it } from 'vitest';
import type { Passwords } from './index.ts';

/** What every way of keeping passwords promises. */
export function passwordsContract(name: string, open: () => Passwords): void {
  describe(`passwords: ${name}`, () => {
    it('knows the password again, and no other', async () => {
      const passwords = open();
      const hash = await passwords.hash('correct horse');
      expect(await passwords.verify(hash, 'correct horse')).toBe(true);
      expect(await passwords.verify(hash, 'correct horse ')).toBe(false);
      expect(await passwords.verify(hash, '')).toBe(false);
    });

    it('never makes the same hash twice, nor one that shows the password', async () => {
      const passwords = open();
      const hash = await passwords.hash('correct horse');
      expect(await passwords.hash('correct horse')).not.toBe(hash);
      expect(hash).not.toContain('correct');
    });

    it('answers false where there is no hash', async () => {
      expect(await open().verify(null, 'correct horse')).toBe(false);
    });

    it('takes a letter composed one way or the other for the same', async () => {
      const passwords = open();
      const hash = await passwords.hash('caf\u00e9');
      expect(await passwords.verify(hash, 'cafe\u0301')).toBe(true);
    });
  });
}
