/**
 * Files that were attached and are not in a message yet.
 *
 *   waiting    for its turn, or for the server
 *   sending    its bytes are on their way
 *   done       the server has it; a message can have it
 *   failed     refused for good, until somebody tries again; or withheld by the virus scanner, for good
 *   gone: taken by a message, or taken back
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { FileInfo } from '@confab/protocol';
import { Refused, type Client } from '@confab/client';
import { limits } from '@confab/protocol/limits';
import type { Cancel } from '../platform/index.ts';
import type { SendBytes } from '../platform/send-bytes.ts';
import type { KeptUploads } from './kept-uploads.ts';
import { createTurns } from './turns.ts';
import { sendFile } from './send-file.ts';

export interface Upload {
  /** Made here; the server knows it by this, too. */
  readonly id: string;
  readonly roomId: string;
  readonly threadId: string | null;
  readonly name: string;
  readonly type: string;
  /** Bytes. */
  readonly size: number;
  /** Bytes that arrived, or are about to. */
  readonly sent: number;
  readonly status: 'waiting' | 'sending' | 'done' | 'failed';
  /** Why it failed, or why it waits. */
  readonly refusal: Refused | null;
  /** Whether it goes on after a reload. */
  readonly isKept: boolean;
  readonly file: FileInfo | null;
  /** Address of its bytes here, while they are here. */
  readonly preview: string | null;
}

export interface Uploads {
  /** All of them, in the order in which they were attached. */
  readonly all: ReadonlySignal<readonly Upload[]>;
  /** Answers how many were left out because a message has no room for them. */
  add(place: { roomId: string; threadId: string | null }, files: readonly File[]): number;
  /** Also of one that is done: the server forgets it. */
  remove(id: string): void;
  retry(id: string): void;
  /** The virus scanner does not let one of them through, by the server's id of it. */
  withhold(fileId: string, why: Pick<FileInfo, 'check' | 'finding'>): void;
  /** They belong to a message now. */
  taken(ids: readonly string[]): void;
  /** Goes on with what an earlier page began. */
  resume(): Promise<void>;
  /** Somebody else signed in. */
  forget(): Promise<void>;
}

export interface UploadsDeps {
  readonly client: Pick<Client, 'call' | 'subscribe' | 'state'>;
  readonly sendBytes: SendBytes;
  readonly kept: KeptUploads;
  readonly newId: () => string;
  readonly after: (delayMs: number, run: () => void) => Cancel;
  readonly urls: Pick<typeof URL, 'createObjectURL' | 'revokeObjectURL'>;
}

interface Job {
  readonly blob: Blob | null;
  readonly stop: AbortController;
}

const atOnce = 3;
const pictures = /^image\/(png|jpeg|gif|webp|avif)$/;

export function createUploads(deps: UploadsDeps): Uploads {
  const { client, kept } = deps;
  const all = signal<readonly Upload[]>([]);
  const jobs = new Map<string, Job>();
  const turns = createTurns(atOnce);

  const find = (id: string): Upload | undefined => all.peek().find((one) => one.id === id);

  function change(id: string, next: Partial<Upload>): void {
    all.value = all.peek().map((one) => (one.id === id ? { ...one, ...next } : one));
  }

  function begin(upload: Upload, blob: Blob | null): void {
    const preview = blob !== null && pictures.test(upload.type) ? deps.urls.createObjectURL(blob) : null;
    all.value = [...all.peek(), { ...upload, preview }];
    jobs.set(upload.id, { blob, stop: new AbortController() });
    if (upload.file === null) void run(upload.id);
  }

  async function run(id: string): Promise<void> {
    const job = jobs.get(id);
    const upload = find(id);
    if (!upload || !job?.blob) return;
    const { blob, stop } = job;
    await turns.take(async () => {
      if (stop.signal.aborted) return;
      try {
        const file = await sendFile(deps, {
          upload,
          blob,
          signal: stop.signal,
          change: (next) => change(id, next),
        });
        if (file === null) return;
        change(id, { status: 'done', file, sent: upload.size, refusal: null });
        await kept.done(id, file);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        change(id, { status: 'failed', refusal: error });
      }
    });
  }

  function drop(id: string): void {
    const { preview } = find(id) ?? {};
    if (preview) deps.urls.revokeObjectURL(preview);
    jobs.get(id)?.stop.abort();
    jobs.delete(id);
    all.value = all.peek().filter((one) => one.id !== id);
    void kept.remove(id);
  }

  return {
    all,
    add({ roomId, threadId }, files) {
      const here = all.peek().filter((one) => one.roomId === roomId && one.threadId === threadId).length;
      const room = Math.max(0, limits.messageFilesMax - here);
      for (const file of files.slice(0, room)) {
        const upload: Upload = { ...fresh, id: deps.newId(), roomId, threadId, ...factsOf(file) };
        begin(upload, file);
        const userId = client.state.me?.userId ?? '';
        void kept.keep({ ...upload, userId, blob: file }).then((isKept) => change(upload.id, { isKept }));
      }
      return Math.max(0, files.length - room);
    },
    remove(id) {
      const upload = find(id);
      drop(id);
      if (upload) void forgetThere(deps, upload);
    },
    retry(id) {
      const upload = find(id);
      if (upload?.status !== 'failed' || upload.file !== null) return;
      change(id, { status: 'waiting', refusal: null });
      void run(id);
    },
    withhold(fileId, why) {
      const upload = all.peek().find(({ file }) => file?.id === fileId);
      if (!upload?.file) return;
      const file = { ...upload.file, ...why };
      change(upload.id, { status: 'failed', file });
      void kept.done(upload.id, file);
    },
    taken: (ids) => ids.forEach(drop),
    async resume() {
      const userId = client.state.me?.userId ?? '';
      for (const { blob, userId: owner, ...upload } of await kept.list()) {
        if (owner !== userId) await kept.remove(upload.id);
        else if (!find(upload.id)) begin({ ...fresh, ...upload, status: statusOf(upload.file) }, blob);
      }
    },
    async forget() {
      for (const { id } of all.peek()) drop(id);
      for (const { id } of await kept.list()) await kept.remove(id);
    },
  };
}

const fresh = { sent: 0, status: 'waiting', refusal: null, isKept: true, file: null, preview: null } as const;

function statusOf(file: FileInfo | null): Upload['status'] {
  if (file === null) return 'waiting';
  return file.check === undefined || file.check === 'waiting' ? 'done' : 'failed';
}

function factsOf({ name, type, size }: File): Pick<Upload, 'name' | 'type' | 'size'> {
  return { name: name.slice(0, limits.fileNameCharsMax) || 'file', type, size };
}

/** It would be forgotten after a day anyway. */
async function forgetThere(
  { client }: UploadsDeps,
  { roomId, id: clientId, name, size }: Upload,
): Promise<void> {
  try {
    const { fileId } = await client.call('file.begin', { roomId, clientId, name, size });
    await client.call('file.delete', { fileId });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}
