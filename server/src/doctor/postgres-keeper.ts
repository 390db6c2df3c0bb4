import { isSoundEtcd, isSoundPatroni, versionIn } from '@confab/cluster';
import { sql } from '../kit/sql.ts';
import { Unreached, type Network } from '../platform/network/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import {
  fail,
  pass,
  skipped,
  warn,
  withPostgres,
  type Check,
  type DoctorDeps,
  type Finding,
} from './check.ts';

/** Who decides which Postgres is the primary: Patroni and etcd at their usual ports, beside the primary. */
export const keeperCheck: Check = {
  ids: ['PG-7', 'LIFE-3'],
  title: 'Patroni and etcd',
  run: withPostgres(keepers),
};

interface Said {
  etcdserver?: string;
  patroni?: { version?: string };
  tags?: { gives_way?: boolean };
}

const kinds = [
  {
    name: 'Patroni',
    path: ':8008/patroni',
    of: (said: Said) => said.patroni?.version,
    isSound: isSoundPatroni,
    givesWay: (said: Said) => said.tags?.gives_way === true,
  },
  {
    name: 'etcd',
    path: ':2379/version',
    of: (said: Said) => said.etcdserver,
    isSound: isSoundEtcd,
    givesWay: () => true,
  },
] as const;

async function keepers(database: Database, { network }: DoctorDeps): Promise<Finding> {
  const [row] = await database.rows<{ host: string | null }>(sql`select host(inet_server_addr()) as host`);
  const host = row?.host ?? null;
  if (host === null) return skipped('Postgres is reached by a socket');
  const place = host.includes(':') ? `[${host}]` : host;
  const found = await Promise.all(
    kinds.map(async ({ name, path, of, isSound, givesWay }) => {
      const said = await ask(network, `http://${place}${path}`);
      const claimed = of(said);
      if (claimed === undefined) return null;
      const version = versionIn(claimed);
      return { words: `${name} ${version}`, isSound: isSound(version), givesWay: givesWay(said) };
    }),
  );
  const there = found.filter((one) => one !== null);
  if (there.length === 0) return skipped(`nobody answers at ${place}, ports 8008 and 2379`);
  const words = there.map((one) => one.words).join(', ');
  if (there.every(({ isSound }) => isSound))
    return there.every(({ givesWay }) => givesWay)
      ? pass(words)
      : warn(
          `${words}, which can take a lost primary back`,
          'Start Patroni by deploy/patroni/start-patroni.py, see docs/operating/patroni.md: by itself it can let a primary whose machine stood still come back, and what was acknowledged since is undone.',
        );
  return fail(
    words,
    'Take Patroni 4.0 and etcd 3.5.13 (3.4.31) or newer, see docs/operating/etcd.md: with older ones a primary whose machine stood still can come back and undo what was acknowledged since, and Patroni below 4.0 does not know synchronous_mode: quorum.',
  );
}

/** Nothing, where nobody answers, or somebody else. */
async function ask(network: Network, url: string): Promise<Said> {
  try {
    const { body } = await network.get(url);
    const said: unknown = JSON.parse(body);
    return typeof said === 'object' && said !== null ? said : {};
  } catch (error) {
    if (error instanceof Unreached || error instanceof SyntaxError) return {};
    throw error;
  }
}
