import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../problem.ts';
import { mayEnter, type Account } from './account.ts';

/** A short-lived folder of one start: the socket, and where folders are shown that the account could not reach. */
export interface RunFolder {
  path: string;
  socketFolder: string;
}

/** `sun_path` holds 107 bytes, and the socket is called `.s.PGSQL.5432` (its lock file a little longer). */
const socketFolderBytesMax = 107 - '/.s.PGSQL.5432'.length;

export function makeRunFolder(account: Account | null): RunFolder {
  // systemd gives a service the first one; with a private /tmp other commands would not find the socket.
  for (const parent of [process.env['RUNTIME_DIRECTORY'], tmpdir(), '/tmp', '/var/tmp', '/run']) {
    if (parent === undefined) continue;
    if (Buffer.byteLength(join(parent, 'confab-XXXXXX', 's')) > socketFolderBytesMax) continue;
    const path = attempt(parent);
    if (path === null) continue;
    const folder = { path, socketFolder: join(path, 's') };
    mkdirSync(folder.socketFolder, { mode: 0o700 });
    if (account === null) return folder;
    chmodSync(path, 0o711);
    chownSync(folder.socketFolder, account.uid, account.gid);
    if (mayEnter(account, folder.socketFolder)) return folder;
    removeRunFolder(path);
  }
  throw new Problem('No folder for temporary files can be used (TMPDIR, /tmp, /var/tmp, /run): set TMPDIR.');
}

/** Leaves alone what is not empty: folders of data are shown in here, though never to this process. */
export function removeRunFolder(path: string): void {
  rmSync(join(path, 's'), { recursive: true, force: true });
  for (const folder of [shownIn(path).binaries, shownIn(path).data, path]) {
    try {
      rmdirSync(folder);
    } catch {
      // Never made, or not ours to empty.
    }
  }
}

/** Where folders appear that the account could not enter on their own paths. */
export function shownIn(runFolder: string): { binaries: string; data: string } {
  return { binaries: join(runFolder, 'program'), data: join(runFolder, 'data') };
}

function attempt(parent: string): string | null {
  try {
    return mkdtempSync(join(parent, 'confab-'));
  } catch {
    return null;
  }
}
