import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Sql } from '../../kit/sql.ts';
import { readServers, type PostgresAddress } from './address.ts';
import { clientOfPrimary } from './connect.ts';
import { translate } from './faults.ts';

/** One connection with one transaction, for whole tables. Nothing is kept unless `commit` resolves. */
export interface Copier {
  rows<Row extends object>(query: Sql): Promise<Row[]>;
  /** What a query answers, in Postgres' own text format: https://www.postgresql.org/docs/current/sql-copy.html */
  read(query: string): Readable;
  /** @param into a table with its columns, as SQL has it */
  write(into: string): Writable;
  commit(): Promise<void>;
  /** Rolls back what was not committed. */
  close(): Promise<void>;
}

/** How both sides write what depends on settings, so that equal rows are equal texts. */
const settings = `set local timezone = 'UTC'; set local datestyle = 'ISO'; set local bytea_output = 'hex'; set local extra_float_digits = 3; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`;

/** @param mode `read` sees one moment and changes nothing */
export async function openCopier(address: PostgresAddress, mode: 'read' | 'write'): Promise<Copier> {
  const client = await connect(address);
  // A lost connection shows in whatever is asked next.
  client.on('error', () => {});
  const begin =
    mode === 'read'
      ? 'begin isolation level repeatable read, read only'
      : 'begin isolation level read committed';
  await client.query(`${begin}; ${settings}`);
  return {
    async rows<Row extends object>({ text, values }: Sql) {
      try {
        const { rows } = await client.query<Row>(text, [...values]);
        return rows;
      } catch (error) {
        throw translate(error, text, false);
      }
    },
    read: (query) => client.query(copyTo(`copy (${query}) to stdout`)),
    write: (into) => client.query(copyFrom(`copy ${into} from stdin`)),
    commit: async () => void (await client.query('commit')),
    close: () => client.end(),
  };
}

/** From one side to the other; memory stays small however large the table is. */
export async function pour(from: Readable, to: Writable): Promise<void> {
  try {
    await pipeline(from, to);
  } catch (error) {
    throw translate(error, 'copy', false);
  }
}

async function connect(address: PostgresAddress): Promise<Client> {
  const servers = readServers(address) ?? [];
  const OwnClient = clientOfPrimary(servers);
  const client = new OwnClient({ ...servers[0]?.config, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw translate(error, 'connect', false);
  }
}
