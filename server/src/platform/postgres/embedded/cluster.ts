import {
  chmodSync,
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../problem.ts';
import type { Account } from './account.ts';
import { diskFull, folderProblem } from './folder-problem.ts';
import type { Launcher } from './launch.ts';
import { finished, type Finished } from './finished.ts';

export interface ClusterOptions {
  dataFolder: string;
  account: Account | null;
  launcher: Launcher;
  /** Of the Postgres at hand. */
  major: string;
  superuser: string;
  database: string;
  /** False to leave writing to the disk to chance, for tests. */
  durable: boolean;
}

/** Makes the data folder itself, so that it can hold a lock before anything else happens. */
export function makeDataFolder(dataFolder: string): void {
  try {
    // Another user runs Postgres for root: it may pass through, and look at nothing.
    mkdirSync(dataFolder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  } catch (error) {
    throw folderProblem(dataFolder, error);
  }
}

/** The folder of a Postgres that can be started: the one that is there, or a new one with an empty database. */
export async function prepareCluster(options: ClusterOptions): Promise<string> {
  const { dataFolder, account } = options;
  const folder = join(dataFolder, 'postgres');
  try {
    if (inspectCluster(folder, options) === 'new') await createCluster(folder, options);
    else mendCopy(folder, account);
    return folder;
  } catch (error) {
    throw folderProblem(dataFolder, error);
  }
}

/** Whether there is one. Throws a Problem when what is there cannot be used. */
export function inspectCluster(folder: string, { major }: Pick<ClusterOptions, 'major'>): 'present' | 'new' {
  if (!existsSync(folder)) return 'new';
  const versionFile = join(folder, 'PG_VERSION');
  if (!existsSync(versionFile)) {
    throw new Problem(
      `${folder} is not the folder of a Postgres: move it away, or choose another one with --data.`,
    );
  }
  const found = readFileSync(versionFile, 'utf8').trim();
  if (found !== major) {
    throw new Problem(
      `${folder} was written by Postgres ${found}, and this Confab brings Postgres ${major}: start it with the Confab that wrote it.`,
    );
  }
  return 'present';
}

/** Made beside and renamed when finished, so that an interrupted first start leaves nothing half done. */
async function createCluster(folder: string, options: ClusterOptions): Promise<void> {
  const { account, launcher, superuser, database, durable } = options;
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  if (account !== null) chownSync(fresh, account.uid, account.gid);
  // Sorting and letter case do not depend on what the machine has installed.
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const initdb = launcher.start({
    program: 'initdb',
    folder: fresh,
    args: (seen) => [
      `--pgdata=${seen}`,
      `--username=${superuser}`,
      '--auth=trust',
      '--no-instructions',
      ...(durable ? [] : ['--no-sync']),
      ...locale,
    ],
  });
  mustSucceed(await finished(initdb), options.dataFolder);
  // The socket's folder is the guard: whoever can enter it may be the superuser anyway.
  writeFileSync(join(fresh, 'pg_hba.conf'), 'local all all trust\n');
  const single = launcher.start({
    program: 'postgres',
    folder: fresh,
    args: (seen) => ['--single', '-D', seen, 'postgres'],
    input: `create database ${database};\n`,
  });
  mustSucceed(await finished(single), options.dataFolder);
  renameSync(fresh, folder);
}

function mustSucceed({ code, said }: Finished, dataFolder: string): void {
  if (code === 0 && !said.some((line) => /(ERROR|FATAL|PANIC):/.test(line))) return;
  throw explain(said, dataFolder, 'Postgres could not be set up');
}

/** Postgres' last words as one sentence. There is no other source than its words, in English by LC_ALL=C. */
export function explain(said: readonly string[], dataFolder: string, what: string): Problem {
  if (said.some((line) => /No space left on device|Disk quota exceeded/.test(line)))
    return diskFull(dataFolder);
  const worst =
    said.findLast((line) => /(ERROR|FATAL|PANIC|error):/.test(line)) ?? said.at(-1) ?? 'it said nothing';
  return new Problem(`${what} in ${dataFolder}: ${worst.replace(/^.*?(ERROR|FATAL|PANIC|error): +/, '')}.`);
}

/** A copy, or a backup that was put back, may belong to root or be open to others, which Postgres refuses. */
function mendCopy(folder: string, account: Account | null): void {
  const { uid, mode } = statSync(folder);
  if (account !== null && uid !== account.uid) own(folder, account);
  if ((mode & 0o027) !== 0) chmodSync(folder, 0o700);
}

function own(folder: string, account: Account): void {
  chownSync(folder, account.uid, account.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    lchownSync(join(entry.parentPath, entry.name), account.uid, account.gid);
  }
}
