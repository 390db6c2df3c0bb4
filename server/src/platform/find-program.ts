import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** Where systems put programs. PATH is not asked: it may begin with a folder that others write to. */
const usual = ['/usr/local/bin', '/usr/bin', '/bin'];

/** The absolute path of a program of this machine; null where it is not there. */
export function findProgram(name: string, folders: readonly string[] = usual): string | null {
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
