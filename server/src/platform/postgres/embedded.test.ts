import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mayBecomeOrdinaryUser } from '../../../../tests/support/ordinary-user.ts';
import { sql } from '../../kit/sql.ts';
import { Fault } from '../fault.ts';
import { createMemoryLog } from '../log/index.ts';
import { Problem } from '../problem.ts';
import { chooseAccount } from './embedded/account.ts';
import { processStart } from './embedded/processes.ts';
import {
  createPool,
  findEmbeddedPostgres,
  startEmbeddedPostgres,
  type Database,
  type EmbeddedPostgres,
} from './index.ts';

const isRoot = process.getuid?.() === 0;
const repository = join(import.meta.dirname, '../../../..');
// A first start writes a thousand files, with everyone else at the disk.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const ready = { timeout: 60_000, interval: 20 };

let top = '';
let dataFolder = '';
let started: EmbeddedPostgres[] = [];
let children: ChildProcess[] = [];
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'confab-embedded-'));
  chmodSync(top, 0o755);
  dataFolder = join(top, 'data');
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(started.map((postgres) => postgres.stop()));
  const left = postmaster();
  if (left !== null) await vi.waitFor(() => expect(processStart(left)).toBeNull(), ready);
  rmSync(top, { recursive: true, force: true });
  [started, children] = [[], []];
});

/** A first start takes a second: made once, and copied. A copy by root belongs to root, which has to be put right. */
let prototype: string | null = null;
afterAll(() => {
  if (prototype !== null) rmSync(prototype, { recursive: true, force: true });
});

async function copyPrototype(): Promise<void> {
  if (prototype === null) {
    await (await start()).stop();
    prototype = mkdtempSync(join(tmpdir(), 'confab-prototype-'));
    cpSync(join(dataFolder, 'postgres'), prototype, { recursive: true });
  } else {
    cpSync(prototype, join(dataFolder, 'postgres'), { recursive: true });
    // As a careless copy leaves it; Node versions differ in it.
    chmodSync(join(dataFolder, 'postgres'), 0o755);
  }
}

async function startCopy(): Promise<EmbeddedPostgres> {
  await copyPrototype();
  return start();
}

async function start(log = createMemoryLog(), durable = false): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataFolder, purpose: 'this test', log, durable });
  started.push(postgres);
  return postgres;
}

async function using<Result>(postgres: EmbeddedPostgres, work: (database: Database) => Promise<Result>) {
  const database = createPool({ address: postgres.address, log: createMemoryLog() });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function postmaster(): number | null {
  const path = join(dataFolder, 'postgres/postmaster.pid');
  return existsSync(path) ? Number(readFileSync(path, 'utf8').split('\n')[0]) : null;
}

/** Its number is signalled: were it 0, the signal would go to every process of the test run. */
function runningPostmaster(): number {
  const pid = postmaster();
  if (pid === null || processStart(pid) === null) throw new Error('no Postgres runs on the data folder');
  return pid;
}

describe('embedded Postgres', () => {
  it('keeps its data from start to start, and leaves nothing else behind', async () => {
    const first = await start();
    await using(first, (database) => database.rows(sql`create table kept as select 1 as id`));
    const run = (first.address as { socketFolder: string }).socketFolder;
    expect(statSync(run).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataFolder, 'postgres')).mode & 0o777).toBe(0o700);
    expect(findEmbeddedPostgres(dataFolder)).toEqual({ address: first.address, purpose: 'this test' });
    await first.stop();
    expect(postmaster()).toBeNull();
    expect(existsSync(join(run, '..'))).toBe(false);
    expect(existsSync(join(dataFolder, 'confab.lock'))).toBe(false);
    expect(findEmbeddedPostgres(dataFolder)).toBeNull();

    const facts = await using(await start(), (database) =>
      database.rows(sql`
        select id, current_setting('timezone') as zone, pg_encoding_to_char(encoding) as encoding, lower('ÄПИ') as low,
          current_setting('listen_addresses') as tcp
        from kept, pg_database where datname = current_database()`),
    );
    expect(facts).toEqual([{ id: 1, zone: 'UTC', encoding: 'UTF8', low: 'äпи', tcp: '' }]);
  });

  it('is started once per folder', async () => {
    await startCopy();
    await expect(start()).rejects.toThrow(`The data folder ${dataFolder} is in use by "this test"`);
  });

  it('comes back by itself when it was killed', async () => {
    const log = createMemoryLog();
    const postgres = await start(log, true);
    await using(postgres, async (database) => {
      await database.rows(sql`create table kept as select 1 as id`);
      const first = runningPostmaster();
      process.kill(first, 'SIGKILL');
      await vi.waitFor(() => expect(postmaster()).not.toBe(first), ready);
      await vi.waitFor(
        async () => expect(await database.rows(sql`select id from kept`)).toEqual([{ id: 1 }]),
        ready,
      );
    });
    expect(log.lines.some((line) => line.level === 'error' && /ended by itself/.test(line.event))).toBe(true);
  });

  it('begins anew after a first start that was interrupted', async () => {
    mkdirSync(join(dataFolder, 'postgres.new'), { recursive: true });
    writeFileSync(join(dataFolder, 'postgres.new/PG_VERSION'), '18\n');
    await start();
    expect(existsSync(join(dataFolder, 'postgres.new'))).toBe(false);
  });

  it('is not kept from starting by a number that belongs to somebody else by now', async () => {
    await (await startCopy()).stop();
    const account = chooseAccount(join(dataFolder, 'postgres'));
    const other = spawn('sleep', ['1000'], { ...(account === null ? {} : { uid: account.uid }) });
    children.push(other);
    writeFileSync(
      join(dataFolder, 'postgres/postmaster.pid'),
      `${other.pid}\n${dataFolder}/postgres\n1\n5432\n\n\n`,
    );
    await start();
    expect(other.exitCode).toBeNull();
  });

  it('does not say done when no standby confirmed the commit in time', async () => {
    const log = createMemoryLog();
    const postgres = await start(log, true);
    const database = createPool({ address: postgres.address, log });
    await database.rows(sql`create table kept (id int)`);
    await database.rows(sql`alter system set synchronous_standby_names = '*'`);
    await database.rows(sql`select pg_reload_conf()`);
    const named = sql`select current_setting('synchronous_standby_names') as names`;
    await vi.waitFor(async () => expect(await database.rows(named)).toEqual([{ names: '*' }]));
    const write = database.write((tx) => tx.rows(sql`insert into kept values (1)`));
    const outcome = write.catch((error: unknown) => error);
    const impatient = sql`
      select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep' and datname is not null`;
    await vi.waitFor(async () => expect(await database.rows(impatient)).toHaveLength(1));
    expect(await outcome).toBeInstanceOf(Fault);
    expect(await outcome).toMatchObject({ outcomeUnknown: true, retryable: true });
    expect(await database.rows(sql`select id from kept`)).toEqual([{ id: 1 }]);
    await database.close();
  });
});

describe('embedded Postgres: one sentence for', () => {
  const refusal = async (): Promise<string> => {
    const error: unknown = await start().then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(Problem);
    return (error as Problem).message;
  };

  it('another version of Postgres', async () => {
    mkdirSync(join(dataFolder, 'postgres'), { recursive: true });
    writeFileSync(join(dataFolder, 'postgres/PG_VERSION'), '17\n');
    expect(await refusal()).toBe(
      `${dataFolder}/postgres was written by Postgres 17, and this Confab brings Postgres 18: start it with the Confab that wrote it.`,
    );
    expect(existsSync(join(dataFolder, 'confab.lock'))).toBe(false);
  });

  it('a folder of something else', async () => {
    mkdirSync(join(dataFolder, 'postgres'), { recursive: true });
    expect(await refusal()).toBe(
      `${dataFolder}/postgres is not the folder of a Postgres: move it away, or choose another one with --data.`,
    );
  });

  it('a file where the folder should be', async () => {
    writeFileSync(dataFolder, '');
    expect(await refusal()).toMatch(/^The data folder .* is a file, or below one/);
    dataFolder = join(dataFolder, 'below');
    expect(await refusal()).toMatch(/^The data folder .* is a file, or below one/);
  });

  it('a damaged folder', async () => {
    await (await startCopy()).stop();
    rmSync(join(dataFolder, 'postgres/global/pg_control'));
    expect(await refusal()).toMatch(/^The database did not start in .*pg_control.*\.$/);
  });
});

/** Runs the child to the point where it said something; standard input stays open until it is to stop. */
async function spawnChild(options: { path?: string; before?: string[] } = {}) {
  const { path = process.env['PATH'] ?? '', before = [] } = options;
  const script = ['--import', 'tsx', join(repository, 'tests/support/embedded-child.ts'), dataFolder];
  const [program = '', ...args] = [...before, process.execPath, ...script];
  const child = spawn(program, args, {
    cwd: repository,
    env: { PATH: path },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (bytes) => (said.out += String(bytes)));
  child.stderr.on('data', (bytes) => (said.err += String(bytes)));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  await Promise.race([ended, vi.waitFor(() => expect(said.out).toContain('\n'), ready)]);
  return { child, said, ended };
}

describe('embedded Postgres and the process it belongs to', () => {
  const diesWithChild = async (path?: string): Promise<void> => {
    await copyPrototype();
    const { child, ended } = await spawnChild(path === undefined ? {} : { path });
    const pid = runningPostmaster();
    child.kill('SIGKILL');
    await ended;
    // At once: the start has to wait for the old one's end.
    const postgres = await start();
    expect(processStart(pid)).toBeNull();
    expect(await using(postgres, (database) => database.rows(sql`select 1 as one`))).toEqual([{ one: 1 }]);
  };

  it('ends with it, even by kill -9, and starts again at once', () => diesWithChild());

  it('ends with it where the kernel is not asked to see to that', async () => {
    const tools = join(top, 'bin');
    mkdirSync(tools);
    symlinkSync('/bin/sh', join(tools, 'sh'));
    await diesWithChild(tools);
  });

  it('is taken over from a process that is gone, although it goes on', async () => {
    await copyPrototype();
    const { child, ended } = await spawnChild();
    const pid = runningPostmaster();
    // A stopped process gets no further than the signal of its parent's death.
    process.kill(pid, 'SIGSTOP');
    child.kill('SIGKILL');
    await ended;
    const log = createMemoryLog();
    const again = start(log);
    await vi.waitFor(() =>
      expect(log.lines[0]?.event).toBe('waiting for the database of the last run to end'),
    );
    process.kill(pid, 'SIGCONT');
    await again;
    expect(processStart(pid)).toBeNull();
  });

  it('is found and stopped in order', async () => {
    await copyPrototype();
    const { child, ended, said } = await spawnChild();
    const found = findEmbeddedPostgres(dataFolder);
    expect(found?.purpose).toBe('the child');
    expect(JSON.parse(said.out)).toEqual(found?.address);
    child.stdin?.end();
    expect(await ended).toBe(0);
    expect(postmaster()).toBeNull();
  });

  it.runIf(isRoot)('runs below a folder that only root may enter', async () => {
    chmodSync(top, 0o700);
    const postgres = await startCopy();
    const user = await using(postgres, (database) =>
      database.rows(sql`select current_setting('data_directory') as at`),
    );
    expect(user).not.toEqual([{ at: join(dataFolder, 'postgres') }]);
    const owner = statSync(`/proc/${postmaster()}`).uid;
    expect(owner).not.toBe(0);
    await postgres.stop();
    expect(existsSync(join(dataFolder, 'postgres/PG_VERSION'))).toBe(true);
  });

  const canMount = isRoot && spawnSync('unshare', ['--mount', 'true']).status === 0;

  it.runIf(canMount)('says in one sentence that the disk is full', async () => {
    mkdirSync(dataFolder);
    const script = `mount -t tmpfs -o size=24m,mode=755 tmpfs ${dataFolder} && exec "$@"`;
    const { said, ended } = await spawnChild({ before: ['unshare', '--mount', 'sh', '-c', script, 'sh'] });
    expect(await ended).toBe(1);
    expect(said.err).toBe(
      `problem: The disk that holds ${dataFolder} is full: free some space and start again.\n`,
    );
  });

  it.runIf(mayBecomeOrdinaryUser)(
    'says in one sentence that a folder may not be used, as an ordinary user',
    async () => {
      mkdirSync(dataFolder, { mode: 0o700 });
      const before = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
      const { said, ended } = await spawnChild({ before });
      expect(await ended).toBe(1);
      expect(said.err).toMatch(/^problem: The data folder .* may not be used by user nobody: [^\n]*\n$/);
    },
  );

  it.runIf(mayBecomeOrdinaryUser)('runs as the ordinary user who started it', async () => {
    mkdirSync(dataFolder, { mode: 0o777 });
    chmodSync(dataFolder, 0o777);
    const before = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    const { said, child, ended } = await spawnChild({ before });
    expect(said.err).toBe('');
    expect(statSync(`/proc/${postmaster()}`).uid).toBe(65534);
    const pid = runningPostmaster();
    child.kill('SIGKILL');
    await ended;
    await vi.waitFor(() => expect(processStart(pid)).toBeNull(), ready);
    // What another user left behind is taken over by root, for the user who runs it now.
    expect(await using(await start(), (database) => database.rows(sql`select 1 as one`))).toEqual([
      { one: 1 },
    ]);
  });
});
