/**
 * Files: uploaded to rooms in pieces, attached to messages. Owns files, their contents and which message has which.
 * Promises that equal bytes are kept once, that only who may read the room gets them, that a virus scanner, where there is
 * one, has let them through before, and that bytes nothing refers to go.
 * Refuses to know what messages say.
 */
import { limits } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import type { Handlers } from '../kit/handlers.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Chore } from '../platform/chore.ts';
import type { Log } from '../platform/log/index.ts';
import { createTurnstile } from '../platform/turnstile.ts';
import { beginFile } from './begin-file.ts';
import { createFileChores } from './file-chores.ts';
import type { FileDeps } from './deps.ts';
import { forFile } from './doors.ts';
import { finishFile } from './finish-file.ts';
import { listFiles, openFile, openThumbnail, type OpenFile } from './read-files.ts';
import { deleteFile } from './remove-files.ts';
import { takePiece, type Piece } from './take-piece.ts';
import { fileView } from './views.ts';

/** Files of one node that are looked at at once: each is read and written whole. */
const finishesMax = 2;
const finishesWaitingMax = 50;

export type FileHandlers = Handlers<'file.begin' | 'file.get' | 'file.finish' | 'file.delete' | 'file.list'>;

/** What the HTTP door serves besides calls. */
export interface FileBytes {
  take(caller: Caller, piece: Piece): Promise<{ offset: number }>;
  open(caller: Caller, fileId: string): Promise<OpenFile>;
  openThumbnail(caller: Caller, fileId: string): Promise<Pick<OpenFile, 'hash' | 'read'>>;
}

export function createFiles(deps: FileDeps & { readonly logbook: Log }): {
  handlers: FileHandlers;
  bytes: FileBytes;
  /** They run until they are closed. */
  chores: readonly Chore[];
} {
  const { database } = deps;
  const whenFull = (): Refusal => new Refusal('busy', { retryAfterMs: 2_000 });
  const taking = createTurnstile({ insideMax: limits.filePiecesAtOnceMax, waitingMax: 0, whenFull });
  const finishing = createTurnstile({ insideMax: finishesMax, waitingMax: finishesWaitingMax, whenFull });
  const { chores, finished } = createFileChores(deps);
  return {
    chores,
    bytes: {
      take: (caller, piece) => taking(() => takePiece(deps, caller, piece)),
      open: (caller, fileId) => openFile(deps, caller, fileId),
      openThumbnail: (caller, fileId) => openThumbnail(deps, caller, fileId),
    },
    handlers: {
      'file.begin': (caller, input) => beginFile(deps, caller, input),
      'file.get': async (caller, { fileId }) => {
        const row = await forFile(database, fileId, caller.userId);
        const { room_id: roomId, received, size } = row;
        return { fileId, roomId, offset: Number(received), size: Number(size), file: fileView(row) };
      },
      'file.finish': async (caller, { fileId }) => {
        const done = await finishing(() => finishFile(deps, caller, fileId));
        finished();
        return done;
      },
      'file.delete': (caller, { fileId }) => deleteFile(deps, caller, fileId),
      'file.list': (caller, input) => listFiles(database, caller, input),
    },
  };
}

export { countUnlooked, countWithheld } from './count-files.ts';
export { keptObjects, type KeptObject } from './kept-objects.ts';
export { findSendable, type OpenFile } from './read-files.ts';
export { detachFiles, removeDue } from './remove-files.ts';
export { rangeIn } from './rules.ts';
export { attachedFiles, doom, findTexts, spare } from './store.ts';
