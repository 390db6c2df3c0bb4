import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeCertificates } from './certificates.ts';
import { untilSettled } from './cluster.ts';
import { nodeEnvironment, publicUrlOf } from './components/node.ts';
import { primaryOf, socketFolder } from './components/patroni.ts';
import { checkLoopback } from './hosts/loopback.ts';
import { checkNetwork } from './hosts/network.ts';
import { CommandFailed, createMachine, until, type Machine } from './platform/machine.ts';
import { installPackages, missingPackages, wordsFor } from './packages.ts';
import { ClusterProblem } from './problem.ts';
import {
  beginRecord,
  hasRecord,
  openRecord,
  type OwnerAccount,
  type Secrets,
  type Timing,
} from './record.ts';
import { certificateFiles, createSite, type Site } from './site.ts';
import {
  hostsWith,
  isClusterName,
  isNetwork,
  planTopology,
  type Ground,
  type PartName,
  type PlannedHost,
} from './topology.ts';

export interface UpOptions {
  /** Where everything of the cluster is kept; made when it is missing. */
  readonly folder: string;
  readonly name: string;
  readonly network: string;
  readonly ground: Ground;
  readonly timing: Timing;
  /** The project's `deploy/`. */
  readonly deployFolder: string;
  /** The command that is Confab, such as `['/usr/bin/node', '…/confab.js']`. */
  readonly program: readonly string[];
  /** Says what is being done. */
  readonly say: (line: string) => void;
  /** Called once nothing is in the way: nodes run as a user that may not build the program it is. */
  readonly build: () => Promise<void>;
  /** Whether these Debian packages may be installed. */
  readonly mayInstall: (names: readonly string[]) => Promise<boolean>;
}

export interface UpResult {
  readonly publicUrl: string;
  readonly caFile: string;
  readonly owner: OwnerAccount;
  readonly seconds: number;
}

const startMs = 60_000;
/** What ends because another part is not there yet is started again, as systemd would. */
const startsMax = 3;
const settleMs = 90_000;

/** Brings a cluster up, as far as everything being as it should be. Throws a ClusterProblem, and leaves what there is for a look. */
export async function bringUp(options: UpOptions): Promise<UpResult> {
  const machine = createMachine();
  const { folder, say } = options;
  const began = machine.now();
  checkOptions(options);
  const topology = planTopology(options);
  await ensurePackages(machine, options);
  await (options.ground === 'loopback' ? checkLoopback : checkNetwork)({ topology, machine });
  await options.build();
  begin(machine, options);
  const site = createSite({ folder, record: openRecord(folder), machine });
  try {
    say(`making ${topology.hosts.length} machines`);
    await site.network.build();
    await makeCertificates({ folder, topology, machine });
    for (const host of topology.hosts) {
      for (const part of host.parts) await site.components[part].prepare(host);
    }
    await startStores(site, say);
    const first = await makeDatabase(site);
    say('starting the nodes, and making the first person');
    // Each of them makes the tables if nobody has yet.
    const [owner] = await Promise.all([makeOwner(site, first, options.program), startPart(site, 'node')]);
    say('waiting until everything is as it should be');
    await untilSettled(site, { machine, timeoutMs: settleMs });
    site.record.change((record) => ({ ...record, owner, complete: true }));
    const seconds = Math.round((machine.now() - began) / 100) / 10;
    return { publicUrl: publicUrlOf(topology), caFile: certificateFiles(folder).ca, owner, seconds };
  } catch (error) {
    if (!(error instanceof ClusterProblem || error instanceof CommandFailed)) throw error;
    const where = `what the parts said is in ${join(folder, 'logs')}; confab cluster down takes it away`;
    throw new ClusterProblem(`the cluster did not come up: ${error.message}; ${where}`, error);
  }
}

function checkOptions({ folder, name, network, ground }: UpOptions): void {
  if (hasRecord(folder))
    throw new ClusterProblem(
      `there is a cluster in ${folder} already: confab cluster status shows it, confab cluster down takes it away`,
    );
  if (!isClusterName(name))
    throw new ClusterProblem(
      `${name} cannot name a cluster: up to eight small letters and digits, a letter first`,
    );
  if (!isNetwork(network, ground))
    throw new ClusterProblem(
      ground === 'loopback'
        ? `${network} is not the beginning of a part of loopback, such as 127.77`
        : `${network} is not the beginning of a private network, such as 10.77`,
    );
  if (!/^[\w./-]{1,60}$/.test(folder))
    throw new ClusterProblem(
      `${folder} cannot hold a cluster: sockets are in it, so it has at most 60 letters, digits, dots, hyphens and slashes`,
    );
}

async function ensurePackages(machine: Machine, options: UpOptions): Promise<void> {
  const { mayInstall, say, ground, deployFolder } = options;
  const missing = await missingPackages(machine, ground);
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name);
  const words = wordsFor(missing);
  const asked = [
    `apt-get update; sh ${join(deployFolder, 'debian/add-trixie.sh')}; apt-get update;`,
    `apt-get install --no-install-recommends ${names.join(' ')}`,
  ].join(' ');
  if (!machine.has('apt-get'))
    throw new ClusterProblem(`missing: ${words}; on Debian 12 they come by ${asked}`);
  if (!machine.isRoot) throw new ClusterProblem(`missing: ${words}. As root: ${asked}`);
  if (!(await mayInstall(names))) throw new ClusterProblem(`not without ${words}: ${asked}`);
  say(`installing ${names.join(' ')}`);
  await installPackages(machine, names, deployFolder);
  const still = await missingPackages(machine, ground);
  if (still.length > 0) throw new ClusterProblem(`still missing after the installation: ${wordsFor(still)}`);
}

function begin(machine: Machine, options: UpOptions): void {
  const { folder, name, network, ground, timing, deployFolder, program } = options;
  makeOwnFolder(folder);
  if (readdirSync(folder).length > 0)
    throw new ClusterProblem(`${folder} is not empty: take another --folder`);
  const closed = unenterable(folder);
  if (closed !== null && machine.isRoot)
    throw new ClusterProblem(
      `only root may enter ${closed}, but Postgres and Redis run as users of their own: take another --folder`,
    );
  const secret = (): string => machine.secret();
  const secrets: Secrets = {
    ...{ superuser: secret(), replication: secret(), rewind: secret(), database: secret() },
    ...{ stats: secret(), redis: secret(), sentinel: secret() },
  };
  beginRecord(folder, {
    ...{ format: 1, name, network, ground, timing, deployFolder, program, secrets },
    ...{ owner: null, complete: false, processes: [], off: [] },
  });
}

async function startStores(site: Site, say: (line: string) => void): Promise<void> {
  say('starting etcd, Patroni and Postgres, Redis and Sentinel, the file store, the balancers');
  const stores = [startPart(site, 'etcd').then(() => startPart(site, 'patroni'))];
  const caches = [startPart(site, 'redis').then(() => startPart(site, 'sentinel'))];
  const files = [startPart(site, 's3')];
  // On loopback no host has keepalived.
  const doors = [startPart(site, 'pgbouncer'), startPart(site, 'haproxy'), startPart(site, 'keepalived')];
  await Promise.all([...stores, ...caches, ...files, ...doors]);
}

/** On every host that has it; throws a ClusterProblem for one that does not get ready. */
async function startPart(
  { topology, components, switches, machine, programs }: Site,
  part: PartName,
): Promise<void> {
  await Promise.all(
    hostsWith(topology, part).map(async (host) => {
      const isOver = (): boolean => switches.processOf(host, part) === null;
      const isReady = async (): Promise<boolean> => isOver() || (await components[part].isReady(host));
      let inTime = true;
      for (let starts = 0; starts < startsMax && inTime; starts += 1) {
        await switches.start(host, part);
        inTime = await until(machine, { timeoutMs: startMs }, isReady);
        if (inTime && !isOver()) return;
      }
      const what = inTime ? `ended ${startsMax} times` : `was not ready after ${startMs / 1000} s`;
      throw new ClusterProblem(`${part} on ${host.name} ${what}: ${lastWords(programs.logFile(host, part))}`);
    }),
  );
}

/** As an operator does it: by psql on the primary. Resolves with the first node, when it reaches the database. */
async function makeDatabase(site: Site): Promise<PlannedHost> {
  const { machine, topology, record, folder, programs, files } = site;
  const databases = hostsWith(topology, 'postgres');
  let primary: PlannedHost | null = null;
  const isFound = async (): Promise<boolean> => (primary = await primaryOf(databases)) !== null;
  const found = await until(machine, { timeoutMs: startMs }, isFound);
  if (!found || primary === null) throw new ClusterProblem('no Postgres became the primary');
  const { secrets } = record.read();
  const places = { SECRET_DATABASE: secrets.database };
  const where = ['-h', socketFolder(folder, primary), '-U', 'postgres', '-d', 'postgres'];
  await programs.run(primary, {
    command: ['psql', '-X', '-q', ...where, '-v', 'ON_ERROR_STOP=1', '-f', '-'],
    user: 'postgres',
    env: { PGPASSWORD: secrets.superuser },
    input: files.read('postgres/create-database.sql', { places }, primary),
  });
  const [first] = hostsWith(topology, 'node');
  if (first === undefined) throw new RangeError('a cluster without nodes');
  await untilDatabase(site, first);
  return first;
}

/** As an operator does it: by the command line on a node. */
async function makeOwner(
  { topology, record, programs, files }: Site,
  host: PlannedHost,
  program: readonly string[],
): Promise<OwnerAccount> {
  const { secrets } = record.read();
  const env = { ...nodeEnvironment({ topology, secrets, files, host }), HOME: '/nonexistent' };
  const confab = async <Answer>(...words: string[]): Promise<Answer> => {
    const command = [...program, ...words, '--json'];
    return JSON.parse(await programs.run(host, { command, env, timeoutMs: 120_000 })) as Answer;
  };
  const email = 'owner@example.org';
  const person = [email, 'Olive Owner', '--handle', 'owner', '--workspace', 'Cluster'];
  const { password } = await confab<{ password: string }>('user', 'add', ...person);
  const scopes = ['--scopes', 'read,write,admin'];
  const { secret } = await confab<{ secret: string }>('token', 'add', 'owner', 'cluster', ...scopes);
  return { email, password, token: secret };
}

/** The way of a node: over the floating address, PgBouncer and HAProxy to the primary. */
async function untilDatabase(
  { machine, topology, record, programs, files }: Site,
  host: PlannedHost,
): Promise<void> {
  const { secrets } = record.read();
  const { DATABASE_URL: url = '' } = nodeEnvironment({ topology, secrets, files, host });
  const answers = (): Promise<boolean> =>
    programs.run(host, { command: ['psql', '-X', '-At', '-c', 'select 1', url], timeoutMs: 5_000 }).then(
      () => true,
      () => false,
    );
  if (await until(machine, { timeoutMs: startMs, everyMs: 200 }, answers)) return;
  throw new ClusterProblem('the database does not answer through the balancers');
}

/** Throws a ClusterProblem where this user may not make it. */
function makeOwnFolder(folder: string): void {
  try {
    if (mkdirSync(folder, { recursive: true }) !== undefined) chmodSync(folder, 0o755);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause;
    throw new ClusterProblem(
      `${folder} cannot be made (${String(cause.code)}): take another --folder`,
      cause,
    );
  }
}

function lastWords(logFile: string): string {
  return (
    readFileSync(logFile, 'utf8').trim().split('\n').slice(-3).join(' / ').slice(-500) || 'it said nothing'
  );
}

/** The first folder on the way that ordinary users may not enter; null when there is none. */
function unenterable(folder: string): string | null {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return at;
  }
  return null;
}
