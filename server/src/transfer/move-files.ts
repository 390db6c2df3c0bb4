import { createHash } from 'node:crypto';
import { keptObjects, type KeptObject } from '../files/index.ts';
import type { Objects } from '../platform/objects/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { keptPictures } from '../previews/index.ts';

const pageSize = 500;

export interface MovedFiles {
  /** Written now. */
  readonly copied: number;
  /** There already, with the same bytes. */
  readonly present: number;
  /** Bytes written now. */
  readonly bytes: number;
  /** Keys of what the first store does not have, or has with other bytes than the database knows. */
  readonly missing: readonly string[];
  readonly damaged: readonly string[];
}

/**
 * Copies what the database refers to from one store to another, and reads it back there: what counts as copied has the
 * same SHA-256. Can be run again, also while people upload: what is there already is only compared. Nothing is deleted.
 * @throws Fault when a store does not answer; what was copied until then stays
 */
export async function moveFiles(deps: {
  database: Database;
  source: Objects;
  target: Objects;
  onObject: () => void;
}): Promise<MovedFiles> {
  const sums = { copied: 0, present: 0, bytes: 0, missing: [] as string[], damaged: [] as string[] };
  for await (const object of allObjects(deps.database)) {
    const outcome = await moveObject(deps, object);
    if (outcome === 'missing' || outcome === 'damaged') sums[outcome].push(object.key);
    else if (outcome === 'present') sums.present += 1;
    else {
      sums.copied += 1;
      sums.bytes += outcome.bytes;
    }
    deps.onObject();
  }
  return sums;
}

async function* allObjects(database: Database): AsyncGenerator<KeptObject> {
  for (const list of [keptObjects, keptPictures]) {
    for (let after = '', isLast = false; !isLast;) {
      const page = await list(database, after, pageSize);
      yield* page;
      after = page.at(-1)?.key ?? after;
      isLast = page.length < pageSize;
    }
  }
}

type Outcome = 'present' | 'missing' | 'damaged' | { bytes: number };

async function moveObject(
  { source, target }: { source: Objects; target: Objects },
  { key, hash }: KeptObject,
): Promise<Outcome> {
  const there = await measure(target, key);
  if (there !== null && hash !== null && there.hash === hash) return 'present';
  const here = await measure(source, key);
  if (here === null) return 'missing';
  if (hash !== null && here.hash !== hash) return 'damaged';
  if (there?.hash === here.hash) return 'present';
  const body = await source.read(key);
  if (body === null) return 'missing';
  await target.put(key, body, here.bytes);
  const arrived = await measure(target, key);
  return arrived?.hash === here.hash ? { bytes: here.bytes } : 'damaged';
}

async function measure(objects: Objects, key: string): Promise<{ hash: string; bytes: number } | null> {
  const body = await objects.read(key);
  if (body === null) return null;
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of body) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { hash: hash.digest('base64url'), bytes };
}
