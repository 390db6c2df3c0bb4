import type { Health, Output } from '@confab/protocol';
import { listNodes } from '../cluster/index.ts';
import { findReaderLags } from '../delivery/index.ts';
import { administers, type Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { sql } from '../kit/sql.ts';
import type { Bus } from '../platform/bus/index.ts';
import type { Chore } from '../platform/chore.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { Vitals } from '../platform/vitals/index.ts';
import { periodMs, type Measurements } from './measurements.ts';

export interface HealthDeps {
  readonly database: Tx;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly vitals: Vitals;
  readonly measurements: Measurements;
  readonly startedAt: number;
  readonly nodeName: string;
  readonly version: string;
  readonly connections: () => number;
  readonly sendsWaiting: () => number;
  readonly chores: () => readonly Chore[];
}

/** Of the node that answers; the nodes, the database and the readers are those of all. @throws Refusal forbidden */
export async function readHealth(deps: HealthDeps, caller: Caller): Promise<Output<'workspace.health'>> {
  if (!administers(caller)) throw new Refusal('forbidden', { needs: 'admin' });
  const { database, bus, clock, vitals } = deps;
  const { samples } = deps.measurements;
  const at = clock.now();
  return {
    at,
    node: {
      name: deps.nodeName,
      version: deps.version,
      runtime: vitals.runtime,
      startedAt: deps.startedAt,
      ...vitals.memory(),
      loopDelayMs: samples.at(-1)?.loopDelayMs ?? 0,
      connections: deps.connections(),
      sendsWaiting: deps.sendsWaiting(),
    },
    database: await askDatabase(database, vitals),
    bus: { kind: bus.kind, isConnected: bus.isConnected() },
    nodes: await listNodes(database),
    readers: await findReaderLags(database, at),
    chores: deps.chores().map((chore) => chore.report()),
    periodMs,
    samples: [...samples],
  };
}

async function askDatabase(database: Tx, vitals: Vitals): Promise<Health['database']> {
  const [row] = await database.rows<{ version: string; size: string; connections: number; max: number }>(sql`
    select current_setting('server_version') as version, pg_database_size(current_database()) as size,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as connections,
      current_setting('max_connections')::int as max`);
  // By itself, after a connection is there: what any statement costs on its way.
  const begun = vitals.moment();
  await database.rows(sql`select 1 as there`);
  const roundTripMs = Math.round((vitals.moment() - begun) * 100) / 100;
  return {
    version: row?.version ?? '',
    sizeBytes: Number(row?.size ?? 0),
    connections: row?.connections ?? 0,
    connectionsMax: row?.max ?? 0,
    roundTripMs,
  };
}
