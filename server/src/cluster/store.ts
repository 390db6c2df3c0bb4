import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';

export type NodeState = 'starting' | 'serving' | 'draining';

/** Times in milliseconds; `renewedAt` in the database's time. */
export interface LivingNode {
  readonly name: string;
  readonly version: string;
  /** Where the balancer and other nodes reach it, as host:port; empty until it listens. */
  readonly address: string;
  readonly state: NodeState;
  readonly startedAt: number;
  /** Open sockets when it last renewed its lease. */
  readonly connections: number;
  readonly renewedAt: number;
}

/** One process; a node that is started again is another one. */
export interface Lease extends Omit<LivingNode, 'renewedAt'> {
  readonly id: string;
}

/** Who has the name instead. */
export interface Holder {
  readonly id: string;
  readonly address: string;
  readonly renewedAt: number;
}

const leaseSeconds = 10;
/** Leases that ended so long ago are of no use to anybody. */
const keptHours = 24;

/** Those whose lease holds, by name. */
export async function listNodes(tx: Tx): Promise<LivingNode[]> {
  const rows = await tx.rows<
    Omit<LivingNode, 'startedAt' | 'renewedAt'> & { started_at: Date; renewed_at: Date }
  >(sql`
    select name, version, address, state, connections, started_at, renewed_at
    from nodes where expires_at > clock_timestamp() order by lower(name)`);
  return rows.map(({ started_at, renewed_at, ...node }) => ({
    ...node,
    startedAt: started_at.getTime(),
    renewedAt: renewed_at.getTime(),
  }));
}

/** Whether the table is there: a database that was never migrated so far has no nodes. */
export async function knowsNodes(tx: Tx): Promise<boolean> {
  const [row] = await tx.rows<{ there: boolean }>(sql`select to_regclass('nodes') is not null as there`);
  return row?.there === true;
}

/**
 * Takes or renews the lease of a name.
 * @param from of whom it may be taken when their lease is over: `anybody` where nobody else can be alive on this
 *   database, an id of whom it is known that they do not renew it, null for nobody
 * @returns who has it, when that is another one; null when it is ours now
 */
export async function claimName(
  tx: Tx,
  lease: Lease,
  from: 'anybody' | { id: string } | null,
): Promise<Holder | null> {
  const { id, name, version, address, state, startedAt, connections } = lease;
  const silent = from === null || from === 'anybody' ? null : from.id;
  const claimed = await tx.rows(sql`
    insert into nodes (id, name, version, address, state, started_at, connections, renewed_at, expires_at)
    values (${id}, ${name}, ${version}, ${address}, ${state}, ${new Date(startedAt)}, ${connections},
      clock_timestamp(), clock_timestamp() + make_interval(secs => ${leaseSeconds}))
    on conflict (lower(name)) do update set id = excluded.id, name = excluded.name, version = excluded.version,
      address = excluded.address, state = excluded.state, started_at = excluded.started_at,
      connections = excluded.connections, renewed_at = excluded.renewed_at, expires_at = excluded.expires_at
    where nodes.id = excluded.id or ${from === 'anybody'}::boolean
      or (nodes.id = ${silent} and nodes.expires_at <= clock_timestamp())
    returning id`);
  if (claimed.length > 0) return null;
  const [row] = await tx.rows<{ id: string; address: string; renewed_at: Date }>(sql`
    select id, address, renewed_at from nodes where lower(name) = lower(${name})`);
  // It left in between: asking again takes the name.
  if (row === undefined) return { id: '', address: '', renewedAt: 0 };
  return { id: row.id, address: row.address, renewedAt: row.renewed_at.getTime() };
}

export async function giveUpName(tx: Tx, id: string): Promise<void> {
  await tx.rows(sql`delete from nodes where id = ${id}`);
}

export async function forgetOldLeases(tx: Tx): Promise<void> {
  await tx.rows(sql`
    delete from nodes where expires_at < clock_timestamp() - make_interval(hours => ${keptHours})`);
}

/** Nodes join one after the other, so that two that do not fit cannot overlook each other. */
export async function joinInTurn(tx: Tx): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock(7302002)`);
}

export async function databaseTime(tx: Tx): Promise<number> {
  const [row] = await tx.rows<{ now: Date }>(sql`select clock_timestamp() as now`);
  return row?.now.getTime() ?? 0;
}
