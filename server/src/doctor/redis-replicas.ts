import type { RedisAddress } from '../platform/redis-address.ts';
import { RedisRefusal, sentinelsOf, type RedisTalk } from '../platform/redis-talk.ts';
import { count, fail, pass, skipped, warn, withRedis, type Check } from './check.ts';
import type { DoctorDeps, Finding } from './check.ts';

/** What survives the loss of a Redis. */
export const replicaChecks: readonly Check[] = [
  { ids: ['RED-5', 'LIFE-3'], title: 'replicas of Redis', run: withRedis(replicas) },
  { ids: ['RED-5', 'TOP-6'], title: 'Sentinels', run: sentinels },
];

const sentinelsWanted = 3;

async function replicas(redis: RedisTalk): Promise<Finding> {
  const { role, connected_slaves: replicas = '0', master_host: master } = await redis.info('replication');
  if (role !== 'master') {
    return fail(
      `REDIS_URL leads to a replica of ${master ?? 'another'}`,
      'Name the master, or the Sentinels that know it, or an endpoint that follows it.',
    );
  }
  const found = `the master, with ${count(Number(replicas), 'replica')}`;
  if (Number(replicas) > 0) return pass(found);
  return warn(
    found,
    'Three Redis with Sentinels survive the loss of one. With one Redis, Postgres takes over while it is away.',
  );
}

async function sentinels({ settings, redis, openRedis }: DoctorDeps): Promise<Finding> {
  const address = settings.redis;
  if (address === null || redis.state === 'unset') return skipped('no REDIS_URL');
  if (address.master === null)
    return skipped('REDIS_URL names none: see to their quorum yourself, if there are some');
  const master = address.master;
  const answers = await Promise.all(
    sentinelsOf(address).map((one) => askQuorum(one, master, openRedis).then((reason) => ({ one, reason }))),
  );
  const bad = answers.filter(({ reason }) => reason !== null);
  const found = `${answers.length - bad.length} of ${answers.length} see a quorum for ${master}`;
  if (bad.length > 0) {
    const why = bad.map(({ one, reason }) => `${place(one)}: ${reason}`).join('; ');
    const mend = 'Start the Sentinels that are missing; a quorum is more than half of them.';
    return bad.length * 2 < answers.length ? warn(`${found}; ${why}`, mend) : fail(`${found}; ${why}`, mend);
  }
  if (answers.length >= sentinelsWanted) return pass(found);
  return warn(found, `Run ${sentinelsWanted}, on machines of their own, and name all of them in REDIS_URL.`);
}

/** Null when all is well. */
async function askQuorum(
  sentinel: RedisAddress,
  master: string,
  openRedis: DoctorDeps['openRedis'],
): Promise<string | null> {
  try {
    const talk = await openRedis(sentinel);
    try {
      const [answer = ''] = await talk.ask('SENTINEL', 'CKQUORUM', master);
      return answer.startsWith('OK') ? null : answer;
    } finally {
      talk.close();
    }
  } catch (error) {
    if (error instanceof RedisRefusal) return error.message;
    throw error;
  }
}

const place = ({ hosts: [first] }: RedisAddress): string => `${first?.host}:${first?.port}`;
