import { describe, expect, it } from 'vitest';
import type { Scanner } from './index.ts';

const million = Buffer.alloc(1_000_000, 'ab');

/**
 * What every scanner keeps to.
 * @param given.open gives one that looks at a million bytes at most
 * @param given.eicar what it finds
 */
export function scannerContract(
  name: string,
  { open, eicar }: { open: () => Promise<Scanner>; eicar: string },
): void {
  describe(`a scanner: ${name}`, () => {
    const of = (...pieces: (string | Uint8Array)[]) =>
      async function* read(): AsyncGenerator<Uint8Array> {
        for (const piece of pieces) yield Buffer.from(piece);
      };

    it('tells what is clean from what is not', { timeout: 60_000 }, async () => {
      const scanner = await open();
      expect(await scanner.scan(of('hello'))).toEqual({ kind: 'clean' });
      expect(await scanner.scan(of())).toEqual({ kind: 'clean' });
      expect(await scanner.scan(of(million.subarray(1)))).toEqual({ kind: 'clean' });
      const found = { kind: 'infected', finding: 'Eicar-Test-Signature' };
      expect(await scanner.scan(of(eicar.slice(0, 20), '', eicar.slice(20)))).toEqual(found);
    });

    it('says what is too large for it', { timeout: 60_000 }, async () => {
      const scanner = await open();
      expect(await scanner.scan(of(...Array.from({ length: 20 }, () => million)))).toEqual({
        kind: 'too_large',
      });
    });

    it('says what it is', async () => {
      expect(await (await open()).greet()).not.toBe('');
    });

    it('leaves it to whoever reads what goes wrong there', async () => {
      const scanner = await open();
      const broken = async function* (): AsyncGenerator<Uint8Array> {
        yield Buffer.from('hello');
        throw new Error('the disk is gone');
      };
      await expect(scanner.scan(broken)).rejects.toThrow('the disk is gone');
    });
  });
}
