import { limits } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import type { FileDeps } from './deps.ts';
import { forUpload } from './doors.ts';
import { addPiece, doom } from './store.ts';

export interface Piece {
  readonly fileId: string;
  /** Bytes of the file before it. */
  readonly offset: number;
  /** Its own bytes. */
  readonly size: number;
  readonly body: AsyncIterable<Uint8Array>;
}

/**
 * Keeps a piece of a file as an object of its own, on whatever node it arrives; all of it or nothing counts.
 * @returns how many bytes of the file are kept now
 * @throws Refusal not_found, conflict with data.offset, too_large; whatever the body throws; Fault
 */
export async function takePiece(deps: FileDeps, caller: Caller, piece: Piece): Promise<{ offset: number }> {
  const { database, clock, random, objects } = deps;
  const { fileId, offset, size, body } = piece;
  const found = await forUpload(database, fileId, caller.userId);
  const received = Number(found.received);
  if (found.content_hash !== null || offset !== received) throw new Refusal('conflict', { offset: received });
  if (size > limits.fileChunkBytesMax) throw new Refusal('too_large', { limit: limits.fileChunkBytesMax });
  if (offset + size > Number(found.size))
    throw new Refusal('too_large', { limit: Number(found.size) - offset });
  const loose = (): Date => new Date(clock.now() + limits.fileLooseMs);
  const key = `pieces/${fileId}/${random.id()}`;
  await doom(database, key, loose());
  await objects.put(key, body, size);
  return database.write(async (tx) => {
    // Whoever has left meanwhile adds nothing more.
    const present = await forUpload(tx, fileId, caller.userId);
    if (await addPiece(tx, { fileId, offset, size, key }, loose())) return { offset: offset + size };
    throw new Refusal('conflict', { offset: Number(present.received) });
  });
}
