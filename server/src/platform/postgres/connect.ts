/** How each connection of a pool is made: to the primary, with the settings that our statements rely on. */
import { Client, Pool, type ClientBase, type PoolConfig } from 'pg';
import type { Log } from '../log/index.ts';
import type { Server } from './address.ts';
import { createPrimaryFinder } from './primary.ts';
import { createStuckWatch, type Backend } from './stuck-watch.ts';

export interface SessionLimits {
  readonly statementTimeoutMs: number;
  readonly idleInTransactionTimeoutMs: number;
}

export interface ConnectOptions extends SessionLimits {
  readonly servers: readonly Server[];
  readonly log: Log;
  readonly pool: PoolConfig;
}

export interface OpenPool {
  readonly pool: Pool;
  /** Whether a pooler such as PgBouncer stands in between: a session is no more than one transaction then. */
  readonly isPooled: (client: ClientBase) => boolean;
  /** A statement was sent on a connection; call the result when it was answered. */
  readonly waiting: (client: Client) => () => void;
  readonly close: () => Promise<void>;
}

export function openPool({ servers, log, pool: config, ...limits }: ConnectOptions): OpenPool {
  const asked = createPrimaryFinder(servers);
  const finder = servers.length > 1 ? asked : null;
  const [first] = servers;
  const pooled = new WeakSet<ClientBase>();
  let toldOfPooler = false;
  const watch = createStuckWatch({ findPrimary: asked.find, log });
  const pool = new Pool({
    ...config,
    ...first?.config,
    Client: clientOfPrimary(servers, finder),
    // The pool waits for the promise, although its types say nothing of one.
    // oxlint-disable-next-line typescript/no-misused-promises
    onConnect: async (client: ClientBase) => {
      const { backend, throughPooler } = await prepareSession(client, limits);
      // Through a pooler each answer may be another server's.
      if (!throughPooler) return watch.add(client as Client, backend);
      pooled.add(client);
      if (!toldOfPooler) {
        log.info('a pooler stands before the database: settings travel with each transaction');
      }
      toldOfPooler = true;
    },
  });
  // Between two statements of a transaction nobody else listens, and an unheard error event ends the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('remove', watch.remove);
  pool.on('error', (error: Error & { client?: unknown }) => {
    // All there is to know of the connection, the key that cancels its statements among it: not for a log.
    delete error.client;
    log.warn('a database connection ended', { error });
  });
  return {
    pool,
    isPooled: (client) => pooled.has(client),
    waiting: watch.waiting,
    async close() {
      await pool.end();
      watch.close();
    },
  };
}

/** A client whose address, where there are several servers, is found when it connects and not when it is made. */
export function clientOfPrimary(
  servers: readonly Server[],
  finder = servers.length > 1 ? createPrimaryFinder(servers) : null,
): typeof Client {
  if (finder === null) return Client;
  type Callback = ((err: Error) => void) | ((err: null, c: Client) => void);
  return class extends Client {
    override connect(): Promise<Client>;
    override connect(callback: Callback): void;
    override connect(callback?: Callback): unknown {
      const found = finder.find().then((primary) => {
        this.host = primary.host;
        this.port = primary.port;
      });
      if (callback === undefined) return found.then(() => super.connect());
      return void found.then(
        () => super.connect(callback),
        (error: Error) => (callback as (err: Error) => void)(error),
      );
    }
  };
}

interface SessionFacts {
  standby: boolean;
  life: string;
  pid: number;
}

const facts = `
  select pg_is_in_recovery() as standby, pg_postmaster_start_time()::text as life, pg_backend_pid() as pid`;

/** @returns who serves this connection, and whether a pooler stands in between */
async function prepareSession(
  client: ClientBase,
  limits: SessionLimits,
): Promise<{ backend: Backend; throughPooler: boolean }> {
  const { rows } = await client.query<SessionFacts>(facts);
  const { standby = false, life = '', pid = 0 } = rows[0] ?? {};
  // What was the primary a moment ago answers reads of the past and refuses every write.
  if (standby) throw new Error('this server is a replica and takes no writes');
  const throughPooler = namesOther(client, pid);
  // Set by statement and not in the connection's first packet, which PgBouncer refuses.
  if (!throughPooler) await client.query(settingsText('set', limits));
  return { backend: { life, pid }, throughPooler };
}

/** A pooler tells us a number of its own where a server tells that of its process. */
function namesOther(client: ClientBase, pid: number): boolean {
  return (client as unknown as { processID: number | null }).processID !== pid;
}

/** Whether a pooler such as PgBouncer stands in between. */
export async function isPooled(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return namesOther(client, rows[0]?.pid ?? 0);
}

/** @param set `set local` for the transaction under way, `set` for the session */
export function settingsText(set: 'set' | 'set local', limits: SessionLimits): string {
  return [
    `${set} timezone = 'UTC'`,
    // What the planner takes for dear ends early by a limit; compiling it first would take longer than running it.
    `${set} jit = off`,
    `${set} statement_timeout = ${limits.statementTimeoutMs}`,
    `${set} idle_in_transaction_session_timeout = ${limits.idleInTransactionTimeoutMs}`,
  ].join('; ');
}
