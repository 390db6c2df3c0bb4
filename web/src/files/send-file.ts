import type { FileInfo } from '@confab/protocol';
import { Refused } from '@confab/client';
import type { Upload, UploadsDeps } from './uploads.ts';

type Sending = {
  readonly upload: Upload;
  readonly blob: Blob;
  readonly signal: AbortSignal;
  readonly change: (next: Partial<Upload>) => void;
};

const retryFirstMs = 1_000;
const retryLongestMs = 15_000;

/**
 * Sends a file, from where the server has it to its end, however often the line breaks.
 * @returns null when it was taken back
 * @throws Refused when the server never wants it
 */
export async function sendFile(deps: UploadsDeps, sending: Sending): Promise<FileInfo | null> {
  const { signal, change } = sending;
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      return await sendOnce(deps, sending);
    } catch (error) {
      if (signal.aborted) return null;
      if (!(error instanceof Refused) || !mayComeTrue(error)) throw error;
      change({ status: 'waiting', refusal: error });
      await pause(deps, Math.min(retryLongestMs, retryFirstMs * 2 ** Math.min(failures, 5)), signal);
    }
  }
  return null;
}

/** A piece that arrived although its answer did not moves the offset: begun again, the server says how far it came. */
function mayComeTrue({ code, retryable }: Refused): boolean {
  return retryable || code === 'conflict' || code === 'unauthenticated';
}

async function sendOnce(
  deps: UploadsDeps,
  { upload, blob, signal, change }: Sending,
): Promise<FileInfo | null> {
  const { client } = deps;
  const { roomId, id: clientId, name, size } = upload;
  const begun = await client.call('file.begin', { roomId, clientId, name, size });
  if (begun.file !== null) return begun.file;
  const { fileId, chunkBytesMax } = begun;
  let { offset } = begun;
  change({ status: 'sending', sent: offset, refusal: null });
  while (offset < size && !signal.aborted) {
    const from = offset;
    const answer = await deps.sendBytes(
      `/api/v1/files/${fileId}/content?offset=${from}`,
      blob.slice(from, from + chunkBytesMax),
      { signal, onProgress: (bytes) => change({ sent: Math.min(size, from + bytes) }) },
    );
    offset = answer.offset;
    change({ sent: offset });
  }
  if (signal.aborted) return null;
  return (await client.call('file.finish', { fileId })).file;
}

/** Ends early when the connection is back, or when nobody waits any more. */
function pause({ after, client }: UploadsDeps, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      stop();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = after(delayMs, end);
    const stop = client.subscribe('connection', end);
    signal.addEventListener('abort', end);
  });
}
