import { mkdir, open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../clock/index.ts';
import { Fault } from '../fault.ts';
import { systemCode } from '../problem.ts';
import { createBounded, usualBounds, type Bounded, type Bounds } from './bounded.ts';
import { exactly, isKey } from './exactly.ts';
import type { Objects } from './index.ts';

const pieceBytes = 256 * 1024;
const partial = '.part';

/**
 * Objects as files of a folder, local or a share that all nodes mount. Written under a temporary name, brought to the
 * disk, and then renamed: another node sees all of it or nothing.
 */
export function createFolderObjects(options: { folder: string; clock: Clock; bounds?: Bounds }): Objects {
  const { folder, clock, bounds = usualBounds } = options;
  const bounded = createBounded(clock, bounds);
  const pathOf = (key: string): string => {
    if (!isKey(key)) throw new Error(`no key of an object: ${key}`);
    return join(folder, ...key.split('/'));
  };

  return {
    async put(key, body, size) {
      const path = pathOf(key);
      const handle = await attempt(bounded, () => openNew(path + partial));
      try {
        for await (const bytes of exactly(body, size)) await attempt(bounded, () => writeAll(handle, bytes));
        await attempt(bounded, () => handle.sync());
        await attempt(bounded, () => handle.close());
        await attempt(bounded, () => settle(path));
      } catch (error) {
        abandon(bounded, handle, path + partial);
        throw error;
      }
    },
    async read(key, range) {
      const path = pathOf(key);
      const handle = await attempt(bounded, () => openKnown(path));
      return handle && pieces(bounded, handle, range ?? { from: 0, to: Number.MAX_SAFE_INTEGER });
    },
    async delete(key) {
      const path = pathOf(key);
      await attempt(bounded, () => remove(path + partial));
      await attempt(bounded, () => remove(path));
    },
  };
}

async function attempt<Result>(bounded: Bounded, operation: () => Promise<Result>): Promise<Result> {
  try {
    return await bounded(operation);
  } catch (error) {
    if (error instanceof Fault) throw error;
    const code = systemCode(error) ?? 'unknown';
    const retryable = code !== 'EACCES' && code !== 'EROFS' && code !== 'EPERM';
    throw new Fault(`the file store failed: ${code}`, { part: 'files', retryable, cause: error });
  }
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w', 0o600);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return open(path, 'w', 0o600);
  }
}

async function openKnown(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.length - at);
    at += bytesWritten;
  }
}

/** The name lasts once its folder is on the disk, too. */
async function settle(path: string): Promise<void> {
  await rename(path + partial, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Nobody waits for it: a store that hangs would keep them. */
function abandon(bounded: Bounded, handle: FileHandle, path: string): void {
  void bounded(() => handle.close())
    .catch(ignore)
    .then(() => bounded(() => remove(path)))
    .catch(ignore);
}

/** What is left over is deleted with its key. */
function ignore(): void {}

async function remove(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

async function* pieces(
  bounded: Bounded,
  handle: FileHandle,
  { from, to }: { from: number; to: number },
): AsyncGenerator<Uint8Array> {
  try {
    for (let at = from; at < to;) {
      const piece = Buffer.allocUnsafe(Math.min(pieceBytes, to - at));
      const { bytesRead } = await attempt(bounded, () => handle.read(piece, 0, piece.length, at));
      if (bytesRead === 0) return;
      at += bytesRead;
      yield piece.subarray(0, bytesRead);
    }
  } finally {
    void bounded(() => handle.close()).catch(ignore);
  }
}
