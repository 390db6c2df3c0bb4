import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, hostname, networkInterfaces, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { findProgram } from '../find-program.ts';
import { systemCode } from '../problem.ts';
import type { Folder, Machine } from './index.ts';

export function createSystemMachine(): Machine {
  return {
    name: hostname(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    addresses: Object.values(networkInterfaces()).flatMap((all) =>
      (all ?? []).filter((one) => !one.internal && one.family === 'IPv4').map((one) => one.address),
    ),
    openFilesMax: openFilesMax(),
    timeServers: timeServers(),
    folder: describeFolder,
    tryWriting,
    hasProgram: (name) => findProgram(name) !== null,
  };
}

function describeFolder(path: string): Folder {
  const there = nearest(resolve(path));
  const { bavail, blocks, bsize } = statfsSync(there);
  return {
    exists: existsSync(path),
    refused: refusal(there),
    freeBytes: bavail * bsize,
    totalBytes: blocks * bsize,
    mount: mountOf(there),
  };
}

function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

function refusal(folder: string): string | null {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    return systemCode(error) ?? String(error);
  }
}

function tryWriting(path: string): string | null {
  const file = join(path, `.confab-doctor-${process.pid}`);
  try {
    writeFileSync(file, 'written by confab doctor');
    return readFileSync(file, 'utf8') === 'written by confab doctor' ? null : 'EIO';
  } catch (error) {
    return systemCode(error) ?? String(error);
  } finally {
    rmSync(file, { force: true });
  }
}

/** The longest mount point above the folder; the last of equal ones lies on top. */
function mountOf(folder: string): Folder['mount'] {
  let found: { point: string; type: string; options: string } | null = null;
  for (const line of text('/proc/self/mounts').split('\n')) {
    const [, point = '', type = '', options = ''] = line.split(' ');
    const isAbove = folder === point || folder.startsWith(point === '/' ? '/' : `${point}/`);
    if (point !== '' && isAbove && point.length >= (found?.point.length ?? 0))
      found = { point, type, options };
  }
  return found === null ? null : { type: found.type, options: found.options };
}

function openFilesMax(): number | null {
  const [, soft] = /^Max open files\s+(\d+)/m.exec(text('/proc/self/limits')) ?? [];
  return soft === undefined ? null : Number(soft);
}

/** `server NAME` and `pool NAME` of chrony and ntpd, `NTP=NAME NAME` of timesyncd. */
function timeServers(): string[] {
  const files = [
    '/etc/chrony/chrony.conf',
    '/etc/chrony.conf',
    '/etc/ntp.conf',
    '/etc/ntpsec/ntp.conf',
    '/etc/systemd/timesyncd.conf',
    ...inFolder('/etc/chrony/sources.d'),
    ...inFolder('/etc/systemd/timesyncd.conf.d'),
  ];
  const found = files.flatMap((file) =>
    text(file)
      .split('\n')
      .flatMap((line) => {
        const [, one] = /^\s*(?:server|pool)\s+(\S+)/.exec(line) ?? [];
        const [, several] = /^\s*NTP=(.+)/.exec(line) ?? [];
        return one === undefined ? (several ?? '').split(/\s+/).filter(Boolean) : [one];
      }),
  );
  return [...new Set(found)];
}

function inFolder(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** Empty for what is not there or not ours to read. */
function text(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
