import { exactly } from './exactly.ts';
import type { Objects } from './index.ts';

/** In this process, for tests and simulations. */
export function createMemoryObjects(): Objects & { readonly keys: () => string[] } {
  const kept = new Map<string, Buffer>();
  return {
    keys: () => [...kept.keys()],
    async put(key, body, size) {
      const pieces: Uint8Array[] = [];
      for await (const piece of exactly(body, size)) pieces.push(piece);
      kept.set(key, Buffer.concat(pieces));
    },
    read(key, range) {
      const bytes = kept.get(key);
      return Promise.resolve(bytes === undefined ? null : once(bytes.subarray(range?.from, range?.to)));
    },
    delete(key) {
      kept.delete(key);
      return Promise.resolve();
    },
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
