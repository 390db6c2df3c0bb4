/**
 * The file store, in our words: whole objects under keys. Promises that an object is either there with all its bytes or
 * not at all, and that every operation ends in bounded time, with a Fault `files` when the store does not answer.
 * Refuses to know what the bytes are, and who may see them.
 */
export interface Objects {
  /**
   * Keeps exactly `size` bytes under `key`, in place of what was there. Never by two at once: whoever writes makes a
   * key of their own.
   * @throws WrongSize when `body` has more or fewer, or whatever `body` throws; nothing is kept then. Fault.
   */
  put(key: string, body: AsyncIterable<Uint8Array>, size: number): Promise<void>;
  /**
   * The bytes, read as they are taken; from `from` up to and without `to` when given. Stop taking, and the store is left
   * alone. Null for a key that is not there. @throws Fault, also while reading.
   */
  read(key: string, range?: { from: number; to: number }): Promise<AsyncIterable<Uint8Array> | null>;
  /** Of a key that is not there, or was half written, too. @throws Fault */
  delete(key: string): Promise<void>;
}

export { WrongSize } from './exactly.ts';
export { createFolderObjects } from './folder.ts';
export { createMemoryObjects } from './memory.ts';
export { createS3Objects } from './s3.ts';
export { openObjects } from './open.ts';
export { readPlace, placeExpected, type ObjectsPlace } from './place.ts';
