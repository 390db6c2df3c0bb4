import { readFileSync } from 'node:fs';
import type { Redis, RedisOptions } from 'ioredis';
import { Problem, systemCode } from '../problem.ts';
import type { RedisAddress } from '../redis-address.ts';

/** No single answer may take longer: neither of a Redis, nor of a Sentinel. */
const answerMs = 1_500;
/** For all that it takes until a connection can be used. */
const openMs = 5_000;
const oldestVersion = 6;

/**
 * A connection that was made and is never made again by itself: whoever has it hears `end` once, and makes the next.
 * Rejects with the reason in our words.
 */
export async function openRedis(address: RedisAddress, name: string): Promise<Redis> {
  const { Redis: Client } = await import('ioredis');
  const client = new Client(redisOptions(address, name));
  let reason: unknown = null;
  // The first error is the reason; what follows are its consequences. Without a listener the library prints it.
  client.on('error', (error: unknown) => (reason ??= error));
  const timer = setTimeout(() => {
    reason ??= new Error('it does not answer');
    client.disconnect();
  }, openMs);
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.disconnect();
    throw new Error(redisReason(reason ?? error, address), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

type Options = RedisOptions & { replyMapping: 'legacy' };

function redisOptions(address: RedisAddress, name: string): Options {
  const { hosts, master, username, password, sentinelPassword, database, tls } = address;
  const secure = tls ? { tls: readTls(address) } : {};
  const [first] = hosts;
  const where: RedisOptions =
    master === null
      ? { host: first?.host ?? '', port: first?.port ?? 0, ...secure }
      : {
          sentinels: hosts.map((host) => ({ ...host })),
          name: master,
          ...(sentinelPassword === null ? {} : { sentinelPassword }),
          ...(tls ? { enableTLSForSentinelMode: true, sentinelTLS: readTls(address), ...secure } : {}),
          sentinelRetryStrategy: () => null,
          sentinelCommandTimeout: answerMs,
        };
  return {
    ...where,
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    db: database,
    connectionName: name,
    protocol: 2,
    replyMapping: 'legacy',
    lazyConnect: true,
    connectTimeout: answerMs,
    commandTimeout: answerMs,
    keepAlive: 10_000,
    enableOfflineQueue: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  };
}

function readTls({ caFile }: RedisAddress): { ca?: string } {
  if (caFile === null) return {};
  try {
    return { ca: readFileSync(caFile, 'utf8') };
  } catch (error) {
    throw new Problem(
      `The certificate ${caFile} that REDIS_URL names cannot be read (${systemCode(error) ?? String(error)}).`,
      error,
    );
  }
}

/** What went wrong, so that it goes on after "Redis cannot be used: ". */
export function redisReason(error: unknown, { password, hosts, master }: RedisAddress): string {
  const said = error instanceof Error ? error.message : String(error);
  const place = hosts.map(({ host, port }) => `${host}:${port}`).join(', ');
  if (/^WRONGPASS|invalid password|invalid username-password/i.test(said)) {
    return `${place} refuses the password of REDIS_URL`;
  }
  if (/NOAUTH/.test(said)) {
    return password === null
      ? `${place} asks for a password, and REDIS_URL has none`
      : `${place} asks for a password`;
  }
  if (said.startsWith('NOPERM'))
    return `the user of REDIS_URL may not do what the bus needs at ${place}: ${said}`;
  if (master !== null && /sentinel/i.test(said))
    return `no Sentinel of ${place} knows a master "${master}" that can be reached`;
  return `${place}: ${said === '' ? (systemCode(error) ?? 'no answer') : said}`;
}

/** A mistake that waiting will not mend. */
const isMistake = (reason: string): boolean =>
  /refuses the password|asks for a password|may not do|DB index is out of range|certificate|altname/i.test(
    reason,
  );

/**
 * Looks at the Redis before the node relies on it. Throws a Problem for what an operator has to mend.
 * @returns null when all is well, otherwise why it is not there at the moment
 */
export async function checkRedis(address: RedisAddress): Promise<string | null> {
  let client: Redis;
  try {
    client = await openRedis(address, 'confab check');
  } catch (error) {
    if (error instanceof Problem) throw error;
    const reason = (error as Error).message;
    if (isMistake(reason)) throw new Problem(`The Redis of REDIS_URL cannot be used: ${reason}.`, error);
    return reason;
  }
  try {
    const [, version = ''] = /redis_version:(\S+)/.exec(await client.info('server')) ?? [];
    if (version !== '' && Number.parseInt(version, 10) < oldestVersion) {
      throw new Problem(
        `The Redis of REDIS_URL is version ${version}, and Confab needs ${oldestVersion} or newer.`,
      );
    }
    return null;
  } catch (error) {
    if (error instanceof Problem) throw error;
    return redisReason(error, address);
  } finally {
    client.disconnect();
  }
}
