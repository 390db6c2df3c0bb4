import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Log } from '../log/index.ts';
import type { BusWatcher } from './fallback.ts';
import type { Bus } from './index.ts';
import { createListeners } from './listeners.ts';
import { createOutbox } from './outbox.ts';
import type { Message } from './parcels.ts';
import type { RedisAddress } from '../redis-address.ts';
import { openRedis, redisReason } from './redis-client.ts';

export interface RedisBusOptions {
  address: RedisAddress;
  /** Workspaces that share a Redis do not hear each other: their databases are different. */
  space: string;
  log: Log;
  watcher?: BusWatcher;
}

/** A message to oneself, through Redis and back: whether both connections are alive, and whether Redis is. */
const beatMs = 500;
/** So many without an answer and Redis is gone. Counted, not timed: a node that stood still itself is not deceived. */
const beatsMissedMax = 3;
const retryMsMax = 2_000;

/**
 * Nodes publish on one channel of Redis, and each listens to it. This node's own listeners are told directly. What could
 * not be sent, or was on its way when Redis went, is handed to `watcher`.
 */
export function createRedisBus({ address, space, log, watcher }: RedisBusOptions): Bus {
  const self = randomBytes(9).toString('base64url');
  // Publishing knows no databases: without their number in the name they would all be one.
  const channel = `confab/${address.database}/${space}`;
  const listeners = createListeners(log);
  let closed = false;
  let connected = false;
  const outbox = createOutbox((messages) => {
    if (!closed) watcher?.unsent(messages);
  });

  const hear = (parcel: string): void => {
    const end = parcel.indexOf('\n');
    if (closed || parcel.slice(0, end) === self) return;
    for (const [topic, message] of readMessages(parcel.slice(end + 1))) listeners.hear(topic, message);
  };
  const stop = stayConnected({
    address,
    channel,
    beatChannel: `${channel}/${self}`,
    hear,
    use(publisher) {
      connected = true;
      outbox.use((messages) => publisher.publish(channel, `${self}\n${JSON.stringify(messages)}`));
      watcher?.changed(null);
    },
    lost(reason) {
      connected = false;
      outbox.use(null);
      watcher?.changed(reason);
    },
  });

  return {
    kind: 'redis',
    isConnected: () => connected,
    publish(topic, message) {
      if (closed) return;
      queueMicrotask(() => {
        if (!closed) listeners.hear(topic, message);
      });
      outbox.add([topic, message]);
    },
    subscribe: listeners.subscribe,
    async close() {
      closed = true;
      connected = false;
      outbox.use(null);
      await stop();
    },
  };
}

/** Whatever else somebody publishes there is none of ours. */
function readMessages(text: string): readonly Message[] {
  try {
    const messages: unknown = JSON.parse(text);
    return Array.isArray(messages) ? messages.filter(isMessage) : [];
  } catch {
    return [];
  }
}

function isMessage(one: unknown): one is Message {
  return Array.isArray(one) && typeof one[0] === 'string' && typeof one[1] === 'string';
}

interface Connections {
  address: RedisAddress;
  channel: string;
  beatChannel: string;
  hear: (parcel: string) => void;
  use: (publisher: Redis) => void;
  /** Once per time that it was there, and once when it was not there at first. */
  lost: (reason: string) => void;
}

/** Connects, and makes the next connection when one has ended, until told to stop. */
function stayConnected(deps: Connections): () => Promise<void> {
  let stopped = false;
  let failures = 0;
  let current: Session | null = null;
  let timer: NodeJS.Timeout | undefined;

  const ended = (reason: string): void => {
    current = null;
    if (stopped) return;
    if (failures === 0) deps.lost(reason);
    const waitMs = Math.min(100 * 2 ** failures, retryMsMax) * (0.5 + Math.random() / 2);
    failures += 1;
    timer = setTimeout(() => {
      trying = attempt();
    }, waitMs);
  };
  const attempt = async (): Promise<void> => {
    try {
      const session = await openSession(deps, ended);
      if (stopped) return session.close();
      current = session;
    } catch (error) {
      return ended(error instanceof Error ? error.message : String(error));
    }
    failures = 0;
    deps.use(current.publisher);
  };

  let trying = attempt();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    current?.close();
    await trying;
  };
}

interface Session {
  readonly publisher: Redis;
  close(): void;
}

/** Two connections, one that publishes and one that listens, which end together. `ended` is told once. */
async function openSession(deps: Connections, ended: (reason: string) => void): Promise<Session> {
  const { address, channel, beatChannel, hear } = deps;
  const publisher = await openRedis(address, 'confab bus');
  const listener = await openRedis(address, 'confab bus listener').catch((error: unknown) => {
    publisher.disconnect();
    throw error;
  });
  let over = false;
  let missed = 0;
  const close = (): void => {
    over = true;
    clearInterval(beats);
    publisher.disconnect();
    listener.disconnect();
  };
  const end = (reason: string): void => {
    if (over) return;
    close();
    ended(reason);
  };
  const beat = (): void => {
    if (missed >= beatsMissedMax) return end('it does not answer');
    missed += 1;
    publisher.publish(beatChannel, '').catch(() => {});
  };
  const beats = setInterval(beat, beatMs);
  listener.on('message', (to: string, parcel: string) => {
    if (to === beatChannel) missed = 0;
    else hear(parcel);
  });
  try {
    await listener.subscribe(channel, beatChannel);
  } catch (error) {
    close();
    throw new Error(redisReason(error, address), { cause: error });
  }
  if (publisher.status !== 'ready' || listener.status !== 'ready') {
    close();
    throw new Error('the connection ended');
  }
  for (const client of [publisher, listener]) client.on('end', () => end('the connection ended'));
  return { publisher, close };
}
