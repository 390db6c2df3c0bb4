/**
 * Retention: old events leave the log from the beginning of their streams; `streams.floor` says up to where. Messages
 * are not touched. No event goes before every reader has read it: a reader that is stuck keeps the log, and is named in
 * the log of each run.
 */
import { sql } from '../kit/sql.ts';
import { createChore, type Chore } from '../platform/chore.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Events removed by one transaction: it holds the stream's lock for some milliseconds. */
const batchMax = 1_000;
/** Streams looked at by one statement. */
const streamPage = 500;
/** One node at a time removes; the number only has to be nobody else's. */
const advisoryLock = 7_302_001;

export interface RetentionDeps {
  database: Database;
  clock: Clock;
  logbook: Log;
  /** How long events are kept; those who were away longer start from a snapshot. */
  days: number;
}

/** Once an hour. */
export function createRetention(deps: RetentionDeps): Chore {
  let closing = false;
  const chore = createChore({
    name: 'retention',
    clock: deps.clock,
    logbook: deps.logbook,
    periodMs: hourMs,
    work: async () => {
      await removeOldEvents(deps, () => closing);
    },
  });
  return {
    wake: chore.wake,
    report: chore.report,
    close() {
      closing = true;
      return chore.close();
    },
  };
}

/** One whole run. @returns how many events were removed, and the reader that keeps older ones from being removed. */
export async function removeOldEvents(
  deps: RetentionDeps,
  stopped: () => boolean = () => false,
): Promise<{ removed: number; heldBackBy: string | null }> {
  const { database, clock, logbook, days } = deps;
  const before = new Date(clock.now() - days * dayMs);
  let removed = 0;
  let heldBackBy: string | null = null;
  for (let after = '0'; ;) {
    const streams = await findStreamsAfter(database, { after, before });
    for (const { id } of streams.filter(({ old }) => old)) {
      let batch = batchMax;
      while (batch === batchMax) {
        if (stopped()) return { removed, heldBackBy };
        const outcome = await removeBatch(database, { id, before });
        if (outcome === 'elsewhere') return { removed, heldBackBy };
        removed += outcome.removed;
        heldBackBy ??= outcome.heldBackBy;
        batch = outcome.removed;
      }
    }
    after = streams.at(-1)?.id ?? after;
    if (streams.length < streamPage) break;
  }
  if (removed > 0) logbook.info('old events were removed', { events: removed });
  if (heldBackBy !== null) {
    logbook.warn('a reader that does not move keeps old events from being removed', { reader: heldBackBy });
  }
  return { removed, heldBackBy };
}

/** The next streams by id; `old` when the first event they hold is. */
function findStreamsAfter(
  tx: Tx,
  range: { after: string; before: Date },
): Promise<{ id: string; old: boolean }[]> {
  return tx.rows(sql`
    select s.id, coalesce((
      select e.at < ${range.before} from events e where e.stream_id = s.id and e.seq > s.floor order by e.seq limit 1
    ), false) as old
    from streams s where s.id > ${range.after} order by s.id limit ${streamPage}`);
}

type Outcome = { removed: number; heldBackBy: string | null } | 'elsewhere';

/** The longest beginning of a stream that is old and read by all. Takes no lock but the one stream's. */
function removeBatch(database: Database, stream: { id: string; before: Date }): Promise<Outcome> {
  const { id, before } = stream;
  return database.write(async (tx) => {
    const [lock] = await tx.rows<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(${advisoryLock}) as mine`,
    );
    if (!lock?.mine) return 'elsewhere';
    const [row] = await tx.rows<{ removed: number; held_back_by: string | null }>(sql`
      with reader as (
        select name, tx, stream_id, seq from readers order by tx, stream_id, seq limit 1
      ),
      candidate as (
        select e.seq, e.at < ${before} as old, r.name,
          r.name is null or (e.tx, e.stream_id, e.seq) <= (r.tx, r.stream_id, r.seq) as read
        from (
          select tx, stream_id, seq, at from events
          where stream_id = ${id} and seq > (select floor from streams where id = ${id})
          order by seq limit ${batchMax}
        ) e left join reader r on true
      ),
      beginning as (
        select seq, bool_and(old and read) over (order by seq) as goes from candidate
      ),
      gone as (
        delete from events where stream_id = ${id}
          and seq > (select floor from streams where id = ${id})
          and seq <= (select max(seq) from beginning where goes)
        returning seq
      ),
      raised as (
        update streams set floor = (select max(seq) from gone) where id = ${id} and exists (select 1 from gone)
      )
      select (select count(*)::int from gone) as removed,
        (select name from candidate where old and not read order by seq limit 1) as held_back_by`);
    return { removed: row?.removed ?? 0, heldBackBy: row?.held_back_by ?? null };
  });
}
