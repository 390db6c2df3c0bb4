/**
 * The machine the program runs on, as an examiner sees it: name, time zone, size, addresses, folders. Changes nothing but a
 * small file that it writes where it is asked to, and takes away again. Refuses to know what is good or bad.
 */
export interface Machine {
  readonly name: string;
  /** Such as UTC or Europe/Paris. */
  readonly timeZone: string;
  readonly cores: number;
  readonly memoryBytes: number;
  /** IPv4 addresses other machines may use. */
  readonly addresses: readonly string[];
  /** How many files and sockets a process may have open; null where that is not known. */
  readonly openFilesMax: number | null;
  /** The NTP servers that chrony, ntpd or timesyncd are set to ask. */
  readonly timeServers: readonly string[];
  /** Of a folder, or, before it is made, of the nearest one above it that is there. */
  folder(path: string): Folder;
  /**
   * Writes a small file into the folder, reads it back and deletes it.
   * @returns null, or the system's code, such as EACCES
   */
  tryWriting(path: string): string | null;
  /** Is a program of this name where systems put programs? */
  hasProgram(name: string): boolean;
}

export interface Folder {
  readonly exists: boolean;
  /** The system's code when this user may not write there, such as EACCES; null when it may. */
  readonly refused: string | null;
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** What it stands on. Type such as ext4 or nfs4; options such as vers=4.2,hard. Null where that is not known. */
  readonly mount: { readonly type: string; readonly options: string } | null;
}

export { createSystemMachine } from './system.ts';
export { createDescribedMachine } from './described.ts';
