/**
 * The log: numbered events in streams. Number order is commit order and has no holes, because whoever appends
 * holds the stream's row lock until commit.
 */
import type { EventsOf, StreamKind } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import { StreamEvent } from './event.ts';
import { comesAfter, inLockOrder, streamName, type StreamRef } from './stream.ts';

export interface Position {
  stream: string;
  epoch: number;
  seq: number;
}

/** Appends to streams that were locked when the transaction began, or that it opened. */
export interface Appender {
  /** Milliseconds: the moment of this transaction. */
  readonly at: number;
  /** @returns the position the event has once the transaction has committed. */
  append<Kind extends StreamKind, Name extends keyof EventsOf[Kind] & string>(
    stream: StreamRef<Kind>,
    name: Name,
    data: EventsOf[Kind][Name],
  ): Position;
  /** Where a locked stream stands now, with what was appended so far. */
  position(stream: StreamRef): Position;
  /** Messages in the timeline of a locked room. */
  ordinal(stream: StreamRef): number;
  /** A new stream for a new room or person, locked by being new. */
  open(stream: StreamRef): Promise<void>;
  /**
   * Locks more streams, once what is locked already has told whom it concerns. All of them must come after those locked
   * so far in the order rooms, users, workspace, and by id; those already locked are passed over.
   */
  lock(streams: readonly StreamRef[]): Promise<void>;
}

export interface EventLog {
  /**
   * One write transaction that may append: locks `streams` first, in the one order; everything `work` reads afterwards is
   * exact at the numbers it appends. Events reach those who follow once it has committed.
   */
  write<Result>(
    streams: readonly StreamRef[],
    work: (tx: Tx, log: Appender) => Promise<Result>,
  ): Promise<Result>;
  /** Up to `limit` events after a number, ascending. */
  read(tx: Tx, stream: StreamRef, range: { after: number; limit: number }): Promise<StreamEvent[]>;
  /** Changes when the database was restored to an earlier state; positions of different epochs cannot be compared. */
  readonly epoch: number;
}

interface Locked {
  head: number;
  ordinal: number;
  readonly stream: StreamRef;
}

export async function createEventLog(deps: {
  database: Database;
  clock: Clock;
  /** Hears of every committed transaction's events, in order per stream. */
  onCommit: (events: readonly StreamEvent[]) => void;
}): Promise<EventLog> {
  const { database, clock, onCommit } = deps;
  const [workspace] = await database.rows<{ epoch: number }>(sql`select epoch from workspace where id = 1`);
  const epoch = workspace?.epoch ?? 1;

  return {
    epoch,
    async write(streams, work) {
      const at = clock.now();
      const appended: StreamEvent[] = [];
      const result = await database.write(async (tx) => {
        const locked = new Map<string, Locked>();
        await lock(tx, streams, locked);
        const outcome = await work(tx, createAppender({ tx, locked, appended, at, epoch }));
        await flush(tx, appended, at);
        return outcome;
      });
      if (appended.length > 0) onCommit(appended);
      return result;
    },
    read,
  };
}

async function lock(tx: Tx, streams: readonly StreamRef[], locked: Map<string, Locked>): Promise<void> {
  const ordered = inLockOrder(streams);
  if (ordered.length === 0) return;
  const ids = ordered.map((stream) => stream.id);
  const rows = await tx.rows<{ id: string; head: string; ordinal: string }>(sql`
    select s.id, s.head, s.ordinal
    from unnest(${ids}::bigint[]) with ordinality as wanted(id, place) join streams s on s.id = wanted.id
    order by wanted.place for update of s`);
  const heads = new Map(rows.map((row) => [row.id, row]));
  for (const stream of ordered) {
    const row = heads.get(stream.id);
    if (row) locked.set(stream.id, { head: Number(row.head), ordinal: Number(row.ordinal), stream });
  }
}

function createAppender(state: {
  tx: Tx;
  locked: Map<string, Locked>;
  appended: StreamEvent[];
  at: number;
  epoch: number;
}): Appender {
  const { tx, locked, appended, at, epoch } = state;
  /** Nobody else can wait for these. */
  const opened = new Set<string>();
  const find = (stream: StreamRef): Locked => {
    const found = locked.get(stream.id);
    if (!found)
      throw new Error(`${streamName(stream)} was not locked when the transaction began, or does not exist`);
    return found;
  };
  const position = (entry: Locked): Position => ({
    stream: streamName(entry.stream),
    epoch,
    seq: entry.head,
  });
  return {
    at,
    append(stream, name, data) {
      const entry = find(stream);
      entry.head += 1;
      appended.push(new StreamEvent(stream, { seq: entry.head, at }, { name, json: JSON.stringify(data) }));
      return position(entry);
    },
    position: (stream) => position(find(stream)),
    ordinal: (stream) => find(stream).ordinal,
    async open(stream) {
      await tx.rows(sql`
        insert into streams (id, kind, moved_at, last_at)
        values (${stream.id}, ${stream.kind}, ${new Date(at)}, ${new Date(at)})`);
      locked.set(stream.id, { head: 0, ordinal: 0, stream });
      opened.add(stream.id);
    },
    async lock(streams) {
      const more = streams.filter((stream) => !locked.has(stream.id));
      for (const { stream } of locked.values()) {
        const early = opened.has(stream.id) ? undefined : more.find((one) => !comesAfter(one, stream));
        if (early) throw new Error(`${streamName(early)} must be locked before ${streamName(stream)}`);
      }
      await lock(tx, more, locked);
    },
  };
}

/** Writes what was appended: one statement for events and heads. */
async function flush(tx: Tx, events: readonly StreamEvent[], at: number): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    stream_id: event.stream.id,
    seq: event.seq,
    name: event.name,
    data: event.json,
  }));
  await tx.rows(sql`
    with item as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json)
        as x(stream_id bigint, seq bigint, name text, data text)
    ),
    moved as (
      update streams s set head = x.head, moved_at = greatest(s.moved_at, ${new Date(at)})
      from (select stream_id, max(seq) as head from item group by stream_id) x where s.id = x.stream_id
    )
    insert into events (stream_id, seq, at, name, data)
    select stream_id, seq, ${new Date(at)}, name, data::json from item`);
}

/** A place in a stream. */
export interface StreamPlace {
  readonly stream: StreamRef;
  readonly after: number;
}

/** Up to `limit` events after each of many places, ascending. */
export async function readAfterAll(
  tx: Tx,
  places: readonly StreamPlace[],
  limit: number,
): Promise<StreamEvent[][]> {
  const rows = await tx.rows<{ place: string; seq: string; at: Date; name: string; json: string }>(sql`
    select p.place, e.seq, e.at, e.name, e.data::text as json
    from unnest(
      ${places.map(({ stream }) => stream.id)}::bigint[], ${places.map(({ after }) => after)}::bigint[]
    ) with ordinality as p(stream_id, after, place)
    cross join lateral (
      select * from events where stream_id = p.stream_id and seq > p.after order by seq limit ${limit}
    ) e
    order by p.place, e.seq`);
  const events: StreamEvent[][] = places.map(() => []);
  for (const row of rows) {
    const place = Number(row.place) - 1;
    const { stream } = places[place] as StreamPlace;
    const content = { name: row.name, json: row.json };
    events[place]?.push(new StreamEvent(stream, { seq: Number(row.seq), at: row.at.getTime() }, content));
  }
  return events;
}

async function read(
  tx: Tx,
  stream: StreamRef,
  range: { after: number; limit: number },
): Promise<StreamEvent[]> {
  const rows = await tx.rows<{ seq: string; at: Date; name: string; json: string }>(sql`
    select seq, at, name, data::text as json from events
    where stream_id = ${stream.id} and seq > ${range.after} order by seq limit ${range.limit}`);
  return rows.map(
    (row) =>
      new StreamEvent(
        stream,
        { seq: Number(row.seq), at: row.at.getTime() },
        { name: row.name, json: row.json },
      ),
  );
}
