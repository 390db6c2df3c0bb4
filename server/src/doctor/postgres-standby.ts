import { sql } from '../kit/sql.ts';
import type { Database } from '../platform/postgres/index.ts';
import { count, fail, forClusters, pass, skipped, warn, withPostgres, type Check } from './check.ts';
import type { DoctorDeps, Finding } from './check.ts';
import { settingOf } from './postgres.ts';

/** What survives the loss of a server, and how one gets there. */
export const standbyChecks: readonly Check[] = [
  { ids: ['PG-7', 'LIFE-3'], title: 'commits are kept', run: withPostgres(durability) },
  { ids: ['PG-7', 'LIFE-3'], title: 'standbys', run: withPostgres(standbys) },
  { ids: ['TOP-6', 'PG-7'], title: 'way to Postgres', run: forClusters(way) },
  { ids: ['TOP-6', 'LIFE-3'], title: 'notices by Postgres', run: forClusters(notices) },
];

const lagBytesMax = 64 * 1024 ** 2;
const lagSecondsMax = 10;

async function durability(database: Database): Promise<Finding> {
  const off: string[] = [];
  for (const setting of ['fsync', 'full_page_writes', 'synchronous_commit']) {
    const value = await settingOf(database, setting);
    if (value === 'off') off.push(`${setting} is off`);
  }
  if (off.length === 0) return pass('what is acknowledged is on disk');
  return fail(
    off.join(', '),
    'Turn them on (ALTER SYSTEM SET … = on, SELECT pg_reload_conf()): a power failure now loses acknowledged messages.',
  );
}

interface Standbys {
  all: number;
  synchronous: number;
  /** Null where this role may not see it. */
  lagBytes: string | null;
  lagSeconds: number | null;
  hidden: boolean;
  names: string;
}

async function standbys(database: Database): Promise<Finding> {
  const [row] = await database.rows<Standbys>(sql`
    select count(*)::int as all, (count(*) filter (where sync_state in ('sync', 'quorum')))::int as synchronous,
      max(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)) filter (where sync_state in ('sync', 'quorum')) as "lagBytes",
      (max(extract(epoch from replay_lag)) filter (where sync_state in ('sync', 'quorum')))::float8 as "lagSeconds",
      coalesce(bool_or(state is null), false) as hidden,
      current_setting('synchronous_standby_names') as names
    from pg_stat_replication`);
  if (row === undefined || row.all === 0) {
    return warn(
      'none',
      'Set up a synchronous standby (see docs/operating), so that losing the server loses nothing. A managed database with a standby of its own hides it: nothing to do then.',
    );
  }
  return judge(row);
}

function judge({ all, synchronous, lagBytes, lagSeconds, hidden, names }: Standbys): Finding {
  const found = count(all, 'standby server');
  if (names === '') {
    return warn(
      `${found}, none synchronous`,
      'Set synchronous_standby_names (Patroni: synchronous_mode: quorum): until then a failover may lose the last acknowledged messages.',
    );
  }
  if (hidden)
    return pass(`${found}, "${names}" synchronous; how far they are is for roles with pg_monitor to see`);
  if (synchronous === 0) {
    return warn(
      `${found}, none of them is what synchronous_standby_names "${names}" asks for`,
      'Start the one that is named, or name one that runs.',
    );
  }
  const behind = Number(lagBytes ?? 0);
  const words = `${found}, ${synchronous} synchronous, ${Math.round(behind / 1024)} KiB behind`;
  if (behind <= lagBytesMax && (lagSeconds ?? 0) <= lagSecondsMax) return pass(words);
  return warn(
    words,
    'Look at the load and the disk of the standby: until it has caught up a failover takes longer.',
  );
}

async function way({ settings, findWays }: DoctorDeps): Promise<Finding> {
  if (settings.databaseUrl === null) return skipped('embedded');
  const ways = await findWays(settings.databaseUrl);
  const words = ways.map(({ asked, problem, isStandby, server, isPooled }) => {
    if (problem !== null) return `${asked}: ${problem}`;
    if (isPooled) return `${asked}: PgBouncer or another pooler, before ${server ?? 'a socket'}`;
    if (isStandby) return `${asked}: a standby`;
    return server === null || server === asked
      ? `${asked}: the primary`
      : `${asked}: leads to the primary ${server}`;
  });
  const found = words.join('; ');
  const primaries = ways.filter(({ problem, isStandby }) => problem === null && !isStandby);
  if (primaries.length === 0)
    return fail(found, 'Name the primary in DATABASE_URL, or an endpoint that leads to it.');
  if (ways.some(({ problem }) => problem !== null))
    return warn(found, 'Start what does not answer, or take it out of DATABASE_URL.');
  return pass(found);
}

/** What a node hears by LISTEN does not come through a pooler that gives each transaction another connection. */
async function notices({ settings, findWays }: DoctorDeps): Promise<Finding> {
  const { databaseUrl, databaseDirectUrl: direct, redis } = settings;
  const url = direct ?? databaseUrl;
  if (url === null) return skipped('embedded');
  const name = direct === null ? 'DATABASE_URL' : 'CONFAB_DATABASE_DIRECT_URL';
  const ways = await findWays(url);
  const answering = ways.filter(({ problem }) => problem === null);
  if (answering.length === 0) {
    return fail(
      `${name}: ${ways.map(({ asked, problem }) => `${asked}: ${problem}`).join('; ')}`,
      `Let this machine reach what ${name} names: nodes hear each other by it while Redis is away.`,
    );
  }
  if (!answering.some(({ isPooled }) => isPooled)) return pass(`by ${name}, with no pooler between`);
  const found = `${name} goes through a pooler`;
  const mend = 'Set CONFAB_DATABASE_DIRECT_URL to the same database past the pooler.';
  return redis === null
    ? fail(`${found}: nodes hear of news two seconds late`, mend)
    : warn(`${found}: while Redis is away, nodes hear of news two seconds late`, mend);
}
