import { describe, expect, it } from 'vitest';
import type { Random } from './index.ts';

/** What every source of randomness promises. */
export function randomContract(name: string, open: () => Random): void {
  describe(`random: ${name}`, () => {
    it('makes ids of 22 base64url characters that do not repeat', () => {
      const random = open();
      const ids = Array.from({ length: 2_000 }, () => random.id());
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
    });

    it('makes secrets of the length asked for', () => {
      const random = open();
      for (const bytes of [1, 16, 32, 33]) {
        expect(Buffer.from(random.secret(bytes), 'base64url')).toHaveLength(bytes);
      }
      expect(random.secret(32)).not.toBe(random.secret(32));
    });

    it('spreads fractions over [0, 1)', () => {
      const random = open();
      const tenths = Array.from({ length: 10 }, () => 0);
      for (let n = 0; n < 10_000; n += 1) {
        const fraction = random.fraction();
        expect(fraction >= 0 && fraction < 1).toBe(true);
        const tenth = Math.floor(fraction * 10);
        tenths[tenth] = (tenths[tenth] ?? 0) + 1;
      }
      for (const count of tenths) expect(count).toBeGreaterThan(800);
    });
  });
}
