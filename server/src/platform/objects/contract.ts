import { describe, expect, it } from 'vitest';
import { WrongSize, type Objects } from './index.ts';

async function* stream(...pieces: (string | Error)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    if (piece instanceof Error) throw piece;
    yield Buffer.from(piece);
  }
}

export async function textOf(read: AsyncIterable<Uint8Array> | null): Promise<string | null> {
  if (read === null) return null;
  const pieces: Uint8Array[] = [];
  for await (const piece of read) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** What every file store promises. */
export function objectsContract(name: string, open: () => Objects): void {
  describe(`objects: ${name}`, { timeout: 60_000 }, () => {
    it('gives back what it was given, whole and in ranges', async () => {
      const objects = open();
      await objects.put('whole/1', stream('hello ', 'world'), 11);
      expect(await textOf(await objects.read('whole/1'))).toBe('hello world');
      expect(await textOf(await objects.read('whole/1', { from: 6, to: 9 }))).toBe('wor');
      await objects.put('whole/1', stream('anew'), 4);
      expect(await textOf(await objects.read('whole/1'))).toBe('anew');
      await objects.put('whole/empty', stream(), 0);
      expect(await textOf(await objects.read('whole/empty'))).toBe('');
    });

    it('gives back many bytes', async () => {
      const objects = open();
      const piece = '0123456789abcdef'.repeat(4_096);
      await objects.put('large/1', stream(...Array.from({ length: 20 }, () => piece)), 20 * piece.length);
      const read = await textOf(await objects.read('large/1'));
      expect(read === piece.repeat(20)).toBe(true);
    });

    it('keeps nothing of what was broken off, too long or too short', async () => {
      const objects = open();
      const broken = new Error('the line was cut');
      await expect(objects.put('broken/1', stream('hel', broken), 11)).rejects.toBe(broken);
      await expect(objects.put('broken/2', stream('hello', ' world!'), 11)).rejects.toThrow(WrongSize);
      await expect(objects.put('broken/3', stream('hello'), 11)).rejects.toThrow(WrongSize);
      for (const key of ['broken/1', 'broken/2', 'broken/3']) expect(await objects.read(key)).toBeNull();
    });

    it('deletes, also what is not there', async () => {
      const objects = open();
      await objects.put('gone/1', stream('x'), 1);
      await objects.delete('gone/1');
      await objects.delete('gone/1');
      expect(await objects.read('gone/1')).toBeNull();
    });

    it('may be left in the middle of reading', async () => {
      const objects = open();
      await objects.put('left/1', stream('x'.repeat(1_000_000)), 1_000_000);
      for await (const piece of (await objects.read('left/1')) ?? []) {
        expect(piece.length).toBeGreaterThan(0);
        break;
      }
      expect((await textOf(await objects.read('left/1')))?.length).toBe(1_000_000);
    });
  });
}
