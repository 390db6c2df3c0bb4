import { randomBytes } from 'node:crypto';
import type { Client, ClientConfig } from 'pg';
import type { Log } from '../log/index.ts';
import { readServers, type PostgresAddress } from '../postgres/address.ts';
import { clientOfPrimary, isPooled } from '../postgres/connect.ts';
import type { BackupBus } from './fallback.ts';
import { createListeners } from './listeners.ts';
import { createOutbox } from './outbox.ts';
import { createUnpacker, packParcel } from './parcels.ts';

export interface PostgresBusOptions {
  /** For a connection of its own. A pooler such as PgBouncer in transaction mode does not hand on what was heard. */
  address: PostgresAddress;
  log: Log;
  applicationName?: string;
  /** How long it may take until those who are there have said so; until then it is believed that somebody is. */
  introductionMs?: number;
}

const channel = 'confab_bus';
/** A connection that died without a word is noticed by asking. To ask is also to say to the others that one is there. */
const askMs = 3_000;
const answerMs = 5_000;
const keepAliveMs = 10_000;
/** Whoever has not been heard of for so long is there no more. */
const thereMs = 4 * askMs;
const introductionDefaultMs = 5_000;
/** What is no parcel: somebody came who does not know who is there, and the answer. */
const came = 'came';
const there = 'there';
const retryMsMax = 5_000;

/**
 * Nodes that share a database notify each other through it. This node's own listeners are told directly, and where no
 * other node is there the database is not troubled: a notification costs as much as a message. While the database is away
 * messages to other nodes are lost, not kept: they would be stale afterwards. Where a pooler stands in
 * between, it is so all the time: nodes find what is new when they look.
 */
export function createPostgresBus({
  address,
  log,
  applicationName = 'confab bus',
  introductionMs = introductionDefaultMs,
}: PostgresBusOptions): BackupBus {
  const listeners = createListeners(log);
  const outbox = createOutbox();
  const unpack = createUnpacker();
  const self = randomBytes(9).toString('base64url');
  let connected = false;
  let number = 0;
  /** By the process's own clock, in milliseconds: until then somebody else may be listening. */
  let othersUntil = 0;
  const isAlone = (): boolean => connected && performance.now() > othersUntil;
  const believe = (ms: number): void => {
    othersUntil = Math.max(othersUntil, performance.now() + ms);
  };
  const say = (client: Client, words: string): Promise<unknown> =>
    client.query('select pg_notify($1, $2)', [channel, `${self} ${words}`]);
  let current: Client | null = null;
  const servers = readServers(address) ?? [];
  const stop = stayConnected({
    openClient: clientOfPrimary(servers),
    config: {
      ...servers[0]?.config,
      application_name: applicationName,
      connectionTimeoutMillis: answerMs,
      query_timeout: answerMs,
      keepAlive: true,
      keepAliveInitialDelayMillis: keepAliveMs,
    },
    log,
    use(client) {
      connected = client !== null;
      current = client;
      if (client === null) return outbox.use(null);
      believe(introductionMs);
      say(client, came).catch(() => {});
      outbox.use((messages) => {
        if (isAlone()) return Promise.resolve();
        const pieces = packParcel(self, (number += 1), messages);
        return client.query(`select pg_notify($1, piece) from unnest($2::text[]) as piece`, [
          channel,
          pieces,
        ]);
      });
    },
    ask: (client) => say(client, there),
    hear: (piece) => {
      if (piece.startsWith(`${self} `)) return;
      believe(thereMs);
      if (/^\S+ came$/.test(piece) && current !== null) say(current, there).catch(() => {});
      const parcel = unpack(piece);
      if (parcel === null) return;
      for (const [topic, message] of parcel.messages) listeners.hear(topic, message);
    },
  });
  let closed = false;
  return {
    kind: 'postgres',
    isConnected: () => connected,
    isAlone,
    publish(topic, message) {
      if (closed) return;
      queueMicrotask(() => {
        if (!closed) listeners.hear(topic, message);
      });
      outbox.add([topic, message]);
    },
    publishToOthers(topic, message) {
      if (!closed) outbox.add([topic, message]);
    },
    subscribe: listeners.subscribe,
    async close() {
      closed = true;
      await stop();
    },
  };
}

interface Connection {
  openClient: typeof Client;
  config: ClientConfig;
  log: Log;
  use: (client: Client | null) => void;
  /** Something that is answered, from time to time. */
  ask: (client: Client) => Promise<unknown>;
  hear: (piece: string) => void;
}

/** Connects, listens, notices the end of a connection and makes the next one, until told to stop. */
function stayConnected({
  openClient: OpenClient,
  config,
  log,
  use,
  ask: askFor,
  hear,
}: Connection): () => Promise<void> {
  let current: Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let failures = 0;

  const connect = async (): Promise<void> => {
    const client = new OpenClient(config);
    current = client;
    let over = false;
    const end = (reason?: Error): void => {
      if (over) return;
      over = true;
      use(null);
      void client.end().catch(() => {});
      if (stopped) return;
      if (failures === 0) log.warn('the bus lost its database connection', { error: reason });
      const waitMs = Math.min(100 * 2 ** failures, retryMsMax) * (0.5 + Math.random() / 2);
      failures += 1;
      clearTimeout(timer);
      timer = setTimeout(() => void connect(), waitMs);
    };
    const ask = (): void => {
      timer = setTimeout(() => {
        askFor(client).then(ask, end);
      }, askMs);
    };
    client.on('error', end);
    client.on('end', () => end());
    client.on('notification', ({ payload }) => hear(payload ?? ''));
    try {
      await client.connect();
      if (await isPooled(client)) return giveUp(client);
      await client.query(`listen ${channel}`);
    } catch (error) {
      end(error as Error);
      return;
    }
    if (over || stopped) return;
    if (failures > 0) log.info('the bus is connected again');
    failures = 0;
    use(client);
    ask();
  };

  function giveUp(client: Client): void {
    stopped = true;
    log.warn(
      'a pooler stands before the database, through which nodes cannot notify each other: name the database itself in CONFAB_DATABASE_DIRECT_URL, or let Redis do it; until then they find what is new by looking',
    );
    void client.end().catch(() => {});
  }

  void connect();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    use(null);
    await current?.end().catch(() => {});
  };
}
