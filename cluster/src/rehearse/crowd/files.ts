import { systemClock, systemRandom } from '@confab/client';
import { askAgain, openDoor, Refusal, type Door } from './door.ts';
import { inTime } from './in-time.ts';
import type { Participant } from './people.ts';

/** A file whose uploader was told that it is complete. */
export interface KeptFile {
  readonly id: string;
  readonly name: string;
  readonly room: string;
  readonly bytes: Uint8Array;
}

/** One file after another, in pieces, each again and again until it is taken: as a patient person's page does it. */
export interface Uploads {
  readonly kept: readonly KeptFile[];
  readonly underway: number;
  /** Calls back with the file's id when it is complete, and not at all when it is refused. Nothing when many are underway. */
  begin(person: Participant, room: string, done: (fileId: string) => void): void;
}

const sizeMin = 100_000;
const sizeMax = 600_000;
/** Small, so that what fails fails between pieces too. */
const pieceBytes = 64 * 1024;
const underwayMax = 8;
const retryMs = 500;

export function createUploads(deps: {
  url: string;
  run: string;
  onRefused: (reason: string) => void;
}): Uploads {
  const { url, run } = deps;
  const kept: KeptFile[] = [];
  let begun = 0;
  let underway = 0;

  async function upload(person: Participant, file: Omit<KeptFile, 'id'>): Promise<string> {
    const door = openDoor(url, { token: person.token });
    const clientId = systemRandom.id();
    for (;;) {
      try {
        return await goOn(door, person.token, clientId, file);
      } catch (error) {
        if (error instanceof Refusal && !error.isRetryable) throw error;
      }
      await new Promise<void>((resolve) => systemClock.after(retryMs, resolve));
    }
  }

  /** From where it stopped. */
  async function goOn(
    door: Door,
    token: string,
    clientId: string,
    { room, name, bytes }: Omit<KeptFile, 'id'>,
  ): Promise<string> {
    const begin = { roomId: room, clientId, name, size: bytes.length };
    const { output: start } = await door.enter('file.begin', begin);
    if (start.file !== null) return start.fileId;
    for (let offset = start.offset; offset < bytes.length;) {
      offset = await sendPiece(url, token, {
        fileId: start.fileId,
        offset,
        piece: bytes.slice(offset, offset + pieceBytes),
      });
    }
    await door.enter('file.finish', { fileId: start.fileId });
    return start.fileId;
  }

  return {
    kept,
    get underway() {
      return underway;
    },
    begin(person, room, done) {
      if (underway >= underwayMax) return;
      underway += 1;
      begun += 1;
      const name = `${run}-${begun}.bin`;
      const size = sizeMin + Math.floor(systemRandom.fraction() * (sizeMax - sizeMin));
      const file = { name, room, bytes: bytesOf(begun, size) };
      upload(person, file)
        .then(
          (id) => {
            kept.push({ ...file, id });
            done(id);
          },
          (error: unknown) => deps.onRefused(String(error)),
        )
        .finally(() => (underway -= 1));
    },
  };
}

/** @returns how many bytes are kept now */
async function sendPiece(
  url: string,
  token: string,
  { fileId, offset, piece }: { fileId: string; offset: number; piece: Uint8Array },
): Promise<number> {
  const answer = await fetch(new URL(`/api/v1/files/${fileId}/content?offset=${offset}`, url), {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(piece),
    signal: inTime(),
  });
  const body = (await answer.json()) as { offset: number };
  // Whatever is wrong, asking where it stands mends it.
  if (!answer.ok) throw new Error(`a piece was refused with ${answer.status}`);
  return body.offset;
}

/** Bytes that no other file has, from its number. */
function bytesOf(number: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let state = Math.imul(number, 0x9e3779b9) | 1;
  for (let index = 0; index < size; index += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[index] = state;
  }
  return bytes;
}

/** What became of a file in the end. */
export interface FileFound {
  readonly name: string;
  readonly room: string;
  /** Whether every byte is there, and nothing else. */
  readonly isWhole: boolean;
  /** How often the room's list of files has it. */
  readonly listed: number;
}

/** Reads it back, as a reader of its room. @param listed names among the files of that room */
export async function findFile(
  url: string,
  token: string,
  { id, name, room, bytes }: KeptFile,
  listed: ReadonlyMap<string, number>,
): Promise<FileFound> {
  const path = `/api/v1/files/${id}/content/${name}`;
  const read = async (): Promise<Buffer> => {
    const answer = await fetch(new URL(path, url), {
      headers: { authorization: `Bearer ${token}` },
      signal: inTime(),
    });
    if (!answer.ok) throw new Refusal(path, answer.status, {});
    return Buffer.from(await answer.arrayBuffer());
  };
  const found = await askAgain(read).catch(() => null);
  return { name, room, isWhole: found?.equals(bytes) ?? false, listed: listed.get(name) ?? 0 };
}

/** How often each name is among the files of a room. */
export async function listFiles(url: string, token: string, room: string): Promise<Map<string, number>> {
  const door = openDoor(url, { token });
  const counts = new Map<string, number>();
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: Awaited<ReturnType<typeof door.call<'file.list'>>> = await door.call('file.list', {
      roomId: room,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { file } of page.files) counts.set(file.name, (counts.get(file.name) ?? 0) + 1);
    cursor = page.next;
  }
  return counts;
}
