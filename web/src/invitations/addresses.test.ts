import { describe, expect, it } from 'vitest';
import { addressesIn, isAddress } from './addresses.ts';

describe('addresses', () => {
  it('are read as people paste them', () => {
    expect(addressesIn(' a@b.c, d@e.f;\n\na@b.c g@h.i ')).toEqual(['a@b.c', 'd@e.f', 'g@h.i']);
    expect(addressesIn(' ,;\n')).toEqual([]);
  });

  it('have one @ and no brackets', () => {
    expect(['a@b', 'Ada.L+x@example.org'].every(isAddress)).toBe(true);
    expect(['a', '@b', 'a@', 'a@b@c', '<a@b>'].some(isAddress)).toBe(false);
  });
});
