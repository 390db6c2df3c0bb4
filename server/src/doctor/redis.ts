import { RedisRefusal, type RedisTalk } from '../platform/redis-talk.ts';
import type { RedisAddress } from '../platform/redis-address.ts';
import { fail, gibibytes, pass, skipped, warn, withRedis, type Check } from './check.ts';
import type { DoctorDeps, Finding } from './check.ts';

const oldestVersion = 6;
const passwordLettersWanted = 12;
const fullShare = 0.8;

export const redisChecks: readonly Check[] = [
  { ids: ['RED-1'], title: 'Redis', run: version },
  { ids: ['RED-2'], title: 'password of Redis', run: withRedis(password) },
  { ids: ['RED-3'], title: 'persistence of Redis', run: withRedis(persistence) },
  { ids: ['RED-3'], title: 'clients of Redis', run: withRedis(clients) },
  { ids: ['RED-4'], title: 'memory of Redis', run: withRedis(memory) },
  { ids: ['RED-4'], title: 'eviction', run: withRedis(eviction) },
];

/** RED-3 of the guide, as CONFIG GET says it; the number of clients has a check of its own. */
const wanted = {
  appendonly: 'no',
  appendfsync: 'everysec',
  'no-appendfsync-on-rewrite': 'no',
  'auto-aof-rewrite-min-size': '67108864',
  'auto-aof-rewrite-percentage': '100',
  'stop-writes-on-bgsave-error': 'yes',
  rdbcompression: 'yes',
  'repl-timeout': '60',
} as const;

async function version({ settings, redis }: DoctorDeps): Promise<Finding> {
  if (settings.redis === null || redis.state === 'unset') {
    return skipped('no REDIS_URL: Postgres carries what nodes tell each other');
  }
  if (redis.state === 'away') {
    return fail(redis.reason, 'Check REDIS_URL and that Redis runs. Chat goes on without it, over Postgres.');
  }
  const { redis_version, valkey_version } = await redis.part.info('server');
  const found = valkey_version === undefined ? `Redis ${redis_version}` : `Valkey ${valkey_version}`;
  const major = Number.parseInt(valkey_version ?? redis_version ?? '0', 10);
  return major >= oldestVersion ? pass(found) : fail(found, `Upgrade to ${oldestVersion} or newer.`);
}

async function password(_: RedisTalk, address: RedisAddress, { openRedis }: DoctorDeps): Promise<Finding> {
  const mend = 'Set requirepass (or an ACL user, and the default one off), and the same in REDIS_URL.';
  try {
    const talk = await openRedis({ ...address, username: null, password: null });
    talk.close();
    return fail('it lets anybody in without a password', mend);
  } catch (error) {
    if (!(error instanceof RedisRefusal)) throw error;
  }
  if ((address.password ?? '').length < passwordLettersWanted) {
    return warn(
      'asked for, and short',
      `Redis answers a million guesses a second: take ${passwordLettersWanted} letters or more, by chance.`,
    );
  }
  return pass('asked for');
}

/** Null when CONFIG is not for us, as with managed ones. */
async function configOf(redis: RedisTalk, ...names: readonly string[]): Promise<Map<string, string> | null> {
  try {
    const found = new Map<string, string>();
    for (const name of names) {
      const [, value] = await redis.ask('CONFIG', 'GET', name);
      if (value !== undefined) found.set(name, value);
    }
    return found;
  } catch (error) {
    if (error instanceof RedisRefusal) return null;
    throw error;
  }
}

const closed = skipped('CONFIG is not open to this user, as with managed ones');

async function persistence(redis: RedisTalk): Promise<Finding> {
  const { rdb_last_bgsave_status: lastSave } = await redis.info('persistence');
  if (lastSave === 'err') {
    return fail(
      'the last save to disk failed, so that Redis takes no writes',
      'Look into its log: mostly the disk is full, or memory is too small for a copy (vm.overcommit_memory = 1).',
    );
  }
  const config = await configOf(redis, ...Object.keys(wanted));
  if (config === null) return closed;
  const other = Object.entries(wanted).filter(([name, value]) => config.get(name) !== value);
  if (other.length === 0) return pass('as the guide has it');
  return warn(
    other.map(([name]) => `${name} ${config.get(name) ?? 'unknown'}`).join(', '),
    `The guide has ${other.map(([name, value]) => `${name} ${value}`).join(', ')}. Confab keeps nothing in Redis, so nothing is lost either way.`,
  );
}

async function clients(redis: RedisTalk): Promise<Finding> {
  const { connected_clients: connected = '0', maxclients } = await redis.info('clients');
  const config = maxclients === undefined ? await configOf(redis, 'maxclients') : null;
  const max = Number(maxclients ?? config?.get('maxclients') ?? 0);
  if (max === 0) return closed;
  const found = `${connected} of at most ${max}`;
  if (Number(connected) > max * fullShare) return fail(found, 'Raise maxclients (the guide has 10000).');
  return max >= 1_000
    ? pass(found)
    : warn(found, 'Raise maxclients (the guide has 10000) and the limit of open files.');
}

async function memory(redis: RedisTalk): Promise<Finding> {
  const {
    used_memory: used = '0',
    maxmemory = '0',
    total_system_memory: total = '0',
  } = await redis.info('memory');
  const limit = Number(maxmemory) > 0 ? Number(maxmemory) : Number(total);
  const found = `${gibibytes(Number(used))} of ${gibibytes(limit)} used`;
  return Number(used) <= limit * fullShare
    ? pass(found)
    : warn(found, 'Give it more memory, or see what else uses this Redis.');
}

async function eviction(redis: RedisTalk): Promise<Finding> {
  const { maxmemory_policy: policy = 'noeviction', maxmemory = '0' } = await redis.info('memory');
  if (policy === 'noeviction') return pass(policy);
  const found = `${policy}, with ${Number(maxmemory) === 0 ? 'no limit set' : `a limit of ${gibibytes(Number(maxmemory))}`}`;
  return warn(
    found,
    'CONFIG SET maxmemory-policy noeviction, and the same in its file: full memory would make it forget who is there and how often people called.',
  );
}
