import type { FileInfo } from '@confab/protocol';
import type { Storage } from '@confab/client';
import type { Upload } from './uploads.ts';

export type KeptUpload = Pick<Upload, 'id' | 'roomId' | 'threadId' | 'name' | 'type' | 'size' | 'file'> & {
  readonly userId: string;
  readonly blob: Blob | null;
};

/** Uploads on this device, for a page that comes after this one. */
export interface KeptUploads {
  /** Answers whether the device could. */
  keep(upload: KeptUpload & Partial<Upload>): Promise<boolean>;
  /** The server has its bytes. */
  done(id: string, file: FileInfo): Promise<void>;
  remove(id: string): Promise<void>;
  /** Those that no other tab is busy with. */
  list(): Promise<readonly KeptUpload[]>;
}

/** Beyond that a device would copy for longer than some uploads take. */
const keptBytesMax = 200 * 1_000_000;
const keyOf = (id: string): string => `upload:${id}`;

export function createKeptUploads({
  storage,
  locks,
}: {
  storage: Storage;
  locks: LockManager | null;
}): KeptUploads {
  /** Held as long as this tab lives; answers whether this tab is the one. */
  function claim(id: string): Promise<boolean> {
    if (locks === null) return Promise.resolve(true);
    return new Promise((resolve) => {
      void locks.request(`confab-upload-${id}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise(() => undefined);
      });
    });
  }

  async function write(id: string, value: KeptUpload | undefined): Promise<boolean> {
    try {
      await storage.write(new Map([[keyOf(id), value]]));
      return true;
    } catch {
      // A full disk or a private window: then it lives as long as the page.
      return false;
    }
  }

  /** One after the other: what is taken back while it is being written stays away. */
  let last: Promise<unknown> = Promise.resolve();
  function inOrder<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = last.then(work);
    last = done;
    return done;
  }

  return {
    keep: ({ id, roomId, threadId, name, type, size, file, userId, blob }) =>
      inOrder(async () => {
        await claim(id);
        if (size > keptBytesMax) return false;
        return await write(id, { id, roomId, threadId, name, type, size, file, userId, blob });
      }),
    done: (id, file) =>
      inOrder(async () => {
        const known = (await storage.read(keyOf(id)).catch(() => undefined)) as KeptUpload | undefined;
        if (known) await write(id, { ...known, file, blob: null });
      }),
    remove: (id) => inOrder(async () => void (await write(id, undefined))),
    async list() {
      const entries = await storage.list('upload:').catch(() => []);
      const free: KeptUpload[] = [];
      for (const [, value] of entries) {
        const upload = value as KeptUpload;
        if (await claim(upload.id)) free.push(upload);
      }
      return free;
    },
  };
}
