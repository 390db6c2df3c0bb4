import { describe, expect, it } from 'vitest';
import type { Vitals } from './index.ts';

/** What all vitals promise. */
export function vitalsContract(name: string, open: () => Vitals): void {
  describe(`vitals: ${name}`, () => {
    it('are numbers that can be shown, and time does not run back', () => {
      const vitals = open();
      const begun = vitals.moment();
      const { residentBytes, heapBytes } = vitals.memory();
      for (const value of [residentBytes, heapBytes, vitals.loopDelayMs()]) {
        expect(value).toBeGreaterThanOrEqual(0);
      }
      expect(residentBytes).toBeGreaterThanOrEqual(heapBytes);
      expect(vitals.moment()).toBeGreaterThanOrEqual(begun);
      expect(vitals.runtime).not.toBe('');
    });
  });
}
