/**
 * Durable readers of all streams. A reader's position is one triple (transaction, stream, number) in commit order; it
 * reads only below the oldest transaction still running, so that nothing can appear behind it later. What `handle`
 * writes is kept if and only if the position moves: exactly once, for effects in the database.
 */
import type { StreamKind } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import { createChore, type Chore } from '../platform/chore.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import { pause } from '../platform/patience.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import { StreamEvent } from './event.ts';

const batchMax = 500;
/** What no wake has told of is found this much later. */
const periodMs = 5_000;
const restDefaultMs = 200;
/** Under pressure a reader takes a tenth of the time, and is never away for long. */
const pausesPerBatch = 9;
const pauseMsMax = 1_000;

export interface ReaderDeps {
  /** Names its row in `readers`. Any number of nodes may run a reader of one name; one at a time reads. */
  name: string;
  database: Database;
  clock: Clock;
  logbook: Log;
  /** Between two runs, so that a busy workspace is read in batches and not commit by commit. */
  restMs?: number;
  /** Whether somebody waits for what is more urgent: then a batch is followed by a pause of several times its length. */
  givesWay?: () => boolean;
  /**
   * Runs in the transaction that moves the position. Events come by transaction; of two that overlapped, the one that
   * numbered later in a stream may come first, so whoever needs the order within a stream compares the numbers.
   */
  handle: (tx: Tx, events: readonly StreamEvent[]) => Promise<void>;
}

/** A new reader starts with the oldest event there is. `wake` it when something was committed. */
export function createReader(deps: ReaderDeps): Chore {
  const { name, clock, logbook, restMs = restDefaultMs } = deps;
  let closing = false;
  const work = (): Promise<void> => readOn(deps, () => closing);
  const chore = createChore({ name: `reader ${name}`, clock, logbook, periodMs, restMs, work });
  return {
    wake: chore.wake,
    report: chore.report,
    close() {
      closing = true;
      return chore.close();
    },
  };
}

/** Reads to the end of what can be read, batch by batch, or until stopped. */
export async function readOn(deps: ReaderDeps, stopped: () => boolean = () => false): Promise<void> {
  const { clock, givesWay = () => false } = deps;
  await addReader(deps.database, { name: deps.name, at: clock.now() });
  while (!stopped()) {
    const begunAt = clock.now();
    if ((await readBatch(deps)) < batchMax) return;
    const tookMs = Math.max(0, clock.now() - begunAt);
    if (givesWay()) await pause(clock, Math.min(tookMs * pausesPerBatch, pauseMsMax));
  }
}

/** How far readers are behind the newest event they could read: milliseconds since the oldest event not yet read. */
export async function findReaderLags(tx: Tx, now: number): Promise<{ name: string; lagMs: number }[]> {
  const rows = await tx.rows<{ name: string; waiting_since: Date | null }>(sql`
    select r.name, (
      select e.at from events e where (e.tx, e.stream_id, e.seq) > (r.tx, r.stream_id, r.seq)
      order by e.tx, e.stream_id, e.seq limit 1
    ) as waiting_since
    from readers r order by r.name`);
  return rows.map(({ name, waiting_since: since }) => ({
    name,
    lagMs: since === null ? 0 : Math.max(0, now - since.getTime()),
  }));
}

async function addReader(tx: Tx, reader: { name: string; at: number }): Promise<void> {
  await tx.rows(sql`
    insert into readers (name, tx, stream_id, seq, moved_at)
    values (${reader.name}, '0', 0, 0, ${new Date(reader.at)}) on conflict (name) do nothing`);
}

interface Place {
  tx: string;
  stream_id: string;
  seq: string;
}

/** @returns how many events were handled: 0 when there are none, or while another node reads. */
function readBatch({ name, database, clock, handle }: ReaderDeps): Promise<number> {
  return database.write(async (tx) => {
    const [place] = await tx.rows<Place>(sql`
      select tx::text as tx, stream_id, seq from readers where name = ${name} for update skip locked`);
    if (!place) return 0;
    const rows = await findEventsAfter(tx, place);
    const last = rows.at(-1);
    if (!last) return 0;
    await handle(tx, rows.map(eventOf));
    await tx.rows(sql`
      update readers set tx = ${last.tx}::xid8, stream_id = ${last.stream_id}, seq = ${last.seq},
        moved_at = ${new Date(clock.now())}
      where name = ${name}`);
    return rows.length;
  });
}

interface EventRow extends Place {
  kind: StreamKind;
  at: Date;
  name: string;
  json: string;
}

function findEventsAfter(tx: Tx, place: Place): Promise<EventRow[]> {
  return tx.rows<EventRow>(sql`
    select e.tx::text as tx, e.stream_id, e.seq, e.at, e.name, e.data::text as json, s.kind
    from (
      select * from events
      where (tx, stream_id, seq) > (${place.tx}::xid8, ${place.stream_id}::bigint, ${place.seq}::bigint)
        and tx < pg_snapshot_xmin(pg_current_snapshot())
      order by tx, stream_id, seq limit ${batchMax}
    ) e join streams s on s.id = e.stream_id
    order by e.tx, e.stream_id, e.seq`);
}

function eventOf(row: EventRow): StreamEvent {
  return new StreamEvent(
    { kind: row.kind, id: row.stream_id },
    { seq: Number(row.seq), at: row.at.getTime() },
    { name: row.name, json: row.json },
  );
}
