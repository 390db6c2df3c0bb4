import { openRedis, redisReason } from './bus/redis-client.ts';
import type { RedisAddress } from './redis-address.ts';
import { Problem } from './problem.ts';

/** One connection to a Redis or a Sentinel, for whoever examines it. */
export interface RedisTalk {
  /** The answer, lists flattened to texts. Throws `RedisRefusal` with what was said when the command was refused. */
  ask(command: string, ...words: readonly string[]): Promise<readonly string[]>;
  /** The fields of `INFO section`. */
  info(section: string): Promise<Readonly<Record<string, string>>>;
  close(): void;
}

/** A Redis that is away, or that said no; the message says why, so that it goes on after a name and a colon. */
export class RedisRefusal extends Error {
  override readonly name = 'RedisRefusal';
}

/** Throws a RedisRefusal when it is away or does not let us in. With Sentinels it is the master that they name. */
export async function openRedisTalk(address: RedisAddress): Promise<RedisTalk> {
  const client = await openRedis(address, 'confab doctor').catch((error: unknown) => {
    throw error instanceof Problem ? error : new RedisRefusal((error as Error).message, { cause: error });
  });
  const ask = async (command: string, ...words: readonly string[]): Promise<readonly string[]> => {
    try {
      return flat(await client.call(command, ...words));
    } catch (error) {
      throw new RedisRefusal(redisReason(error, address), { cause: error });
    }
  };
  return {
    ask,
    async info(section) {
      const [text = ''] = await ask('INFO', section);
      return Object.fromEntries(
        text.split('\r\n').flatMap((line) => {
          const colon = line.indexOf(':');
          return colon === -1 ? [] : [[line.slice(0, colon), line.slice(colon + 1)]];
        }),
      );
    },
    close: () => client.disconnect(),
  };
}

/** The Sentinels of an address, each as a place of its own to talk to. */
export function sentinelsOf(address: RedisAddress): RedisAddress[] {
  if (address.master === null) return [];
  return address.hosts.map((host) => ({
    ...address,
    hosts: [host],
    master: null,
    username: null,
    password: address.sentinelPassword,
    database: 0,
  }));
}

function flat(answer: unknown): string[] {
  if (Array.isArray(answer)) return answer.flatMap(flat);
  return typeof answer === 'string' || typeof answer === 'number' ? [String(answer)] : [];
}
