/** `cluster.json`: what `up` made, for whoever comes later. Readable for root alone, since it holds secrets. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessMark } from './platform/processes.ts';
import { ClusterProblem } from './problem.ts';
import type { Ground, PartName } from './topology.ts';

export interface Secrets {
  readonly superuser: string;
  readonly replication: string;
  readonly rewind: string;
  readonly database: string;
  readonly stats: string;
  readonly redis: string;
  readonly sentinel: string;
}

/** `quick` finds out in seconds and is for rehearsals; `production` is what the files say. */
export type Timing = 'quick' | 'production';

export interface RunningPart extends ProcessMark {
  readonly host: string;
  readonly part: PartName;
}

export interface ClusterRecord {
  readonly format: 1;
  readonly name: string;
  readonly network: string;
  /** Missing in records of those that are older than clusters on loopback: namespaces. */
  readonly ground?: Ground;
  readonly timing: Timing;
  /** The files it was made from, and the command that is a node. */
  readonly deployFolder: string;
  readonly program: readonly string[];
  readonly secrets: Secrets;
  readonly owner: OwnerAccount | null;
  /** False until `up` has come to its end. */
  readonly complete: boolean;
  readonly processes: readonly RunningPart[];
  /** Hosts that were switched off. */
  readonly off: readonly string[];
}

export interface OwnerAccount {
  readonly email: string;
  readonly password: string;
  /** A token that may do everything. */
  readonly token: string;
}

export interface RecordKeeper {
  read(): ClusterRecord;
  /** One change after another within this process; a reader sees all of a change or nothing. */
  change(how: (record: ClusterRecord) => ClusterRecord): void;
}

export const recordPath = (folder: string): string => join(folder, 'cluster.json');

/** Throws a ClusterProblem when there is one already. */
export function beginRecord(folder: string, record: ClusterRecord): void {
  writeFileSync(recordPath(folder), JSON.stringify(record, null, 2), { mode: 0o600, flag: 'wx' });
}

export function hasRecord(folder: string): boolean {
  return existsSync(recordPath(folder));
}

/** Throws a ClusterProblem where no cluster was made. */
export function openRecord(folder: string): RecordKeeper {
  const path = recordPath(folder);
  const read = (): ClusterRecord => {
    let text;
    try {
      text = readFileSync(path, 'utf8');
    } catch (cause) {
      throw new ClusterProblem(noRecord(folder, cause), cause);
    }
    return JSON.parse(text) as ClusterRecord;
  };
  read();
  return {
    read,
    change(how) {
      const changed = how(read());
      writeFileSync(`${path}.new`, JSON.stringify(changed, null, 2), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
  };
}

function noRecord(folder: string, cause: unknown): string {
  const denied = cause instanceof Error && 'code' in cause && cause.code === 'EACCES';
  return denied
    ? `only root may look at the cluster in ${folder}: use sudo`
    : `there is no cluster in ${folder}: confab cluster up makes one, and --folder names another place`;
}
