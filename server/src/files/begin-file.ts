import { limits, type Input, type Output } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { forWriting, mayPost, standingIn } from '../rooms/index.ts';
import type { FileDeps } from './deps.ts';
import { fileName } from './rules.ts';
import { countUploads, findByClientId, insertFile, lockUploads } from './store.ts';
import { fileView } from './views.ts';

const megabyte = 1_000_000;

/** Begins an upload, or says how far the one with this client id came. */
export async function beginFile(
  deps: FileDeps,
  caller: Caller,
  input: Input<'file.begin'>,
): Promise<Output<'file.begin'>> {
  const { roomId, clientId, size } = input;
  const { userId } = caller;
  return deps.database.write(async (tx) => {
    await lockUploads(tx, userId);
    const kept = await findByClientId(tx, userId, clientId);
    const chunkBytesMax = limits.fileChunkBytesMax;
    if (kept) return { fileId: kept.id, offset: Number(kept.received), chunkBytesMax, file: fileView(kept) };
    const found = await forWriting(tx, roomId, userId);
    if (!mayPost(found.room, standingIn(found, caller)))
      throw new Refusal('forbidden', { needs: 'moderator' });
    const limit = deps.fileMegabytesMax * megabyte;
    if (size > limit) throw new Refusal('too_large', { limit });
    await refuseTooMuch(deps, size, await countUploads(tx, userId));
    const now = deps.clock.now();
    const made = { roomId, userId, clientId, name: fileName(input.name), size };
    const dueAt = new Date(now + limits.fileLooseMs);
    const fileId = await insertFile(tx, { ...made, at: new Date(now), dueAt });
    return { fileId, offset: 0, chunkBytesMax, file: null };
  });
}

async function refuseTooMuch(
  deps: FileDeps,
  size: number,
  present: { open: number; bytes: number },
): Promise<void> {
  if (present.open >= limits.uploadsMax) {
    throw new Refusal('limit_reached', { what: 'uploads', limit: limits.uploadsMax });
  }
  const quota = deps.fileMegabytesPerPerson * megabyte;
  if (quota > 0 && present.bytes + size > quota)
    throw new Refusal('limit_reached', { what: 'quota', limit: quota });
}
