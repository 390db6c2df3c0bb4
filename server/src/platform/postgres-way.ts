import { Client } from 'pg';
import { readServers, type Server } from './postgres/address.ts';

/** How a connection to one host of DATABASE_URL gets to a database. */
export interface PostgresWay {
  /** host:port as the URL has it. */
  readonly asked: string;
  /** Why there was no answer; null when there was one. */
  readonly problem: string | null;
  /** Takes no writes. */
  readonly isStandby: boolean;
  /** The server's own address, as host:port; null over a Unix socket. */
  readonly server: string | null;
  /** Something between hands out server connections, as PgBouncer does: not even two transactions need have the same. */
  readonly isPooled: boolean;
}

/**
 * Asks each host of a URL once. A pooler is told by the number of the process: it makes up the one it gives to the client,
 * and the server knows another. What only passes bytes on, such as HAProxy, cannot be told from the server by that.
 */
export function findPostgresWays(url: string): Promise<PostgresWay[]> {
  return Promise.all((readServers({ url }) ?? []).map(findWay));
}

async function findWay({ name: asked, config }: Server): Promise<PostgresWay> {
  const client: Client & { processID?: number | null } = new Client({
    ...config,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ pid: number; server: string | null; standby: boolean }>(
      `select pg_backend_pid() as pid, pg_is_in_recovery() as standby,
        host(inet_server_addr()) || ':' || inet_server_port() as server`,
    );
    const [row] = rows;
    return {
      asked,
      problem: null,
      isStandby: row?.standby === true,
      server: row?.server ?? null,
      isPooled: row !== undefined && client.processID !== row.pid,
    };
  } catch (error) {
    return { asked, problem: (error as Error).message, isStandby: false, server: null, isPooled: false };
  } finally {
    await client.end().catch(() => {});
  }
}
