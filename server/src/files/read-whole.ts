import { Fault } from '../platform/fault.ts';
import type { Objects } from '../platform/objects/index.ts';

/** All bytes of an object. @throws Fault, also when there is none */
export async function* readWhole(objects: Objects, key: string): AsyncGenerator<Uint8Array> {
  const read = await objects.read(key);
  if (read === null)
    throw new Fault('the file store has lost an object', { part: 'files', retryable: false });
  yield* read;
}
