/** A node's own small disk, in memory, so that it can be full without the machine's being full. */
import { existsSync, closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../platform/machine.ts';
import { ClusterProblem } from '../problem.ts';
import type { PlannedHost } from '../topology.ts';

const size = '64m';

export function diskOf(folder: string, { name }: PlannedHost): string {
  return join(folder, 'hosts', name, 'disk');
}

/** @param path an empty folder */
export async function mountDisk(path: string, host: PlannedHost, machine: Machine): Promise<void> {
  await machine.run(['mount', '-t', 'tmpfs', '-o', `size=${size},mode=0755`, host.namespace, path]);
}

/** Those of all hosts of a cluster, wherever it was. */
export async function unmountDisks({ name, machine }: { name: string; machine: Machine }): Promise<void> {
  for (const path of mountedBy(readFileSync('/proc/mounts', 'utf8'), name))
    await machine.run(['umount', '--lazy', path]);
}

/** Reads /proc/mounts: source, place and kind come first. */
export function mountedBy(mounts: string, name: string): string[] {
  return mounts
    .split('\n')
    .map((line) => line.split(' '))
    .filter(
      ([source = '', path = '', kind]) => source.startsWith(`${name}-`) && path !== '' && kind === 'tmpfs',
    )
    .map(([, path = '']) => path);
}

const filler = (disk: string): string => join(disk, 'everything-else');
const pieceBytes = 1024 * 1024;

/** To the last byte. */
export function fillDisk(disk: string): void {
  if (!existsSync(disk)) throw new ClusterProblem('this host has no disk of its own that could be full');
  const file = openSync(filler(disk), 'a', 0o600);
  try {
    for (let bytes = pieceBytes; bytes >= 1;) {
      try {
        if (writeSync(file, Buffer.alloc(bytes)) < bytes) bytes = Math.floor(bytes / 2);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
        bytes = Math.floor(bytes / 2);
      }
    }
  } finally {
    closeSync(file);
  }
}

export function emptyDisk(disk: string): void {
  rmSync(filler(disk), { force: true });
}
