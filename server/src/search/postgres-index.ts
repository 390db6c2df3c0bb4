import { nothing, sql, type Sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { authorFeature, bitsOf, roomFeature, writtenFeature } from './entry.ts';
import { featuresWanted, gramOf, segmentIds, segmentOf } from './grams.ts';
import type { Candidate, Mark, SearchIndex, Wish } from './search-index.ts';

/** Up to so many rooms are looked up with the words; more are looked at one by one. */
const roomsLookedUpMax = 64;
/** More would not find less. */
const gramsWantedMax = 32;
/** Numbers follow time, but for clocks that differ and messages under way. */
const clockToleranceMs = 60 * 60_000;

/** Of what is handed out to be weighed: what stands far behind in a file weighs little, and much to carry. */
const foldedCharsMax = 16_000;

/** A wish as statements have it. */
interface Plan {
  readonly features: readonly string[];
  readonly anyRoom: readonly string[];
  readonly conditions: Sql;
}

export const postgresIndex: SearchIndex = {
  async put(tx, entries) {
    if (entries.length === 0) return;
    const rows = entries.map((entry) => ({
      message_id: entry.messageId,
      room_id: entry.roomId,
      author_id: entry.authorId,
      at: new Date(entry.at),
      flags: bitsOf(entry.written),
      folded: entry.folded,
      // As Postgres writes arrays: as a text it is read several times faster than as a list within JSON.
      grams: `{${entry.grams.join(',')}}`,
    }));
    await tx.rows(sql`
      insert into search_entries (message_id, room_id, author_id, at, flags, folded, grams)
      select message_id, room_id, author_id, at, flags, folded, grams
      from json_to_recordset(${JSON.stringify(rows)}::json) as i(
        message_id bigint, room_id bigint, author_id bigint, at timestamptz, flags int, folded text,
        grams int[])
      on conflict (message_id) do update set flags = excluded.flags, folded = excluded.folded,
        grams = excluded.grams`);
  },

  async remove(tx, messageIds) {
    if (messageIds.length === 0) return;
    await tx.rows(sql`delete from search_entries where message_id = any(${messageIds}::bigint[])`);
  },

  async settle(tx) {
    // What Postgres has not sorted in yet is read by every look-up, once for each segment.
    await tx.rows(sql`select gin_clean_pending_list('search_entries_grams'::regclass)`);
  },

  async find(tx, wish, { userId, below, count }) {
    const range = await rangeOf(tx, wish, below);
    if (!range) return [];
    const plan: Plan = {
      features: featuresOf(wish),
      anyRoom: await roomsToLookUp(tx, wish, userId),
      conditions: conditionsOf(wish, userId),
    };
    return plan.features.length + plan.anyRoom.length === 0
      ? walk(tx, plan, { userId, count, range })
      : lookUp(tx, plan, { userId, count, range });
  },
};

interface Range {
  readonly first: string;
  /** The newest one below this. */
  readonly below: string;
}

/** The rooms that this person may read: theirs, and public ones, as when a room is opened. */
const visible = (userId: string): Sql => sql`
  visible as materialized (
    select room_id from memberships where user_id = ${userId}
    union
    select id from rooms where kind = 'public'
  )`;

/**
 * `is true` says nothing new, and keeps the planner from making it a join: it takes a segment for smaller than it is, and
 * would compare each room with each match.
 */
const inVisible = sql`(e.room_id in (select room_id from visible)) is true`;

/** Segment by segment, the newest first; what is beyond the last one needed is never looked at. */
async function lookUp(
  tx: Tx,
  plan: Plan,
  { userId, count, range }: { userId: string; count: number; range: Range },
): Promise<Candidate[]> {
  const segments: { n: number; grams: number[]; rooms: number[] }[] = [];
  const last = segmentOf(range.first);
  for (let n = segmentOf(String(BigInt(range.below) - 1n)); n >= last; n -= 1) {
    const gram = (feature: string): number => gramOf(n, feature);
    segments.push({ n, grams: plan.features.map(gram), rooms: plan.anyRoom.map(gram) });
  }
  // As a sum it is no condition for the primary key, which a plan made for any range takes for the better way.
  const withinRange = sql`e.message_id + 0 >= ${range.first}::bigint and e.message_id + 0 < ${range.below}::bigint`;
  const grams = plan.features.length > 0 ? sql`and e.grams @> s.grams` : nothing;
  const rooms = plan.anyRoom.length > 0 ? sql`and e.grams && s.rooms` : nothing;
  const rows = await tx.rows<{ message_id: string; folded: string }>(sql`
    with ${visible(userId)}
    select found.message_id, found.folded
    from json_to_recordset(${JSON.stringify(segments)}::json) as s(n bigint, grams int[], rooms int[])
    cross join lateral (
      select e.message_id, left(e.folded, ${foldedCharsMax}) as folded from search_entries e
      where e.message_id / ${segmentIds} = s.n ${grams} ${rooms} and ${withinRange} and ${inVisible} ${plan.conditions}
      order by e.message_id desc limit ${count}
    ) found limit ${count}`);
  return candidatesOf(rows);
}

/** Where no word narrows it down: from the newest message back. */
async function walk(
  tx: Tx,
  plan: Plan,
  { userId, count, range }: { userId: string; count: number; range: Range },
): Promise<Candidate[]> {
  const rows = await tx.rows<{ message_id: string; folded: string }>(sql`
    with ${visible(userId)}
    select e.message_id, left(e.folded, ${foldedCharsMax}) as folded from search_entries e
    where e.message_id >= ${range.first}::bigint and e.message_id < ${range.below}::bigint
      and ${inVisible} ${plan.conditions}
    order by e.message_id desc limit ${count}`);
  return candidatesOf(rows);
}

/** A number may stand for several things, and segments may share one: newest first, each once. */
function candidatesOf(rows: readonly { message_id: string; folded: string }[]): Candidate[] {
  return rows.map((row) => ({ messageId: row.message_id, folded: row.folded }));
}

function featuresOf(wish: Wish): string[] {
  const words = wish.terms
    .filter(({ excluded }) => !excluded)
    .flatMap((term) => term.words.flatMap(featuresWanted));
  const [author] = wish.authors;
  const [room] = wish.rooms;
  return [
    ...wish.written.map(writtenFeature),
    ...(author !== undefined && wish.authors.length === 1 ? [authorFeature(author)] : []),
    ...(room !== undefined && wish.rooms.length === 1 ? [roomFeature(room)] : []),
    ...new Set(words),
  ].slice(0, gramsWantedMax);
}

/** Somebody in few rooms would otherwise look at what the others wrote in all of theirs. */
async function roomsToLookUp(tx: Tx, wish: Wish, userId: string): Promise<string[]> {
  if (wish.rooms.length === 1) return [];
  if (wish.rooms.length > 1) {
    return wish.rooms.length > roomsLookedUpMax ? [] : wish.rooms.map(roomFeature);
  }
  const rows = await tx.rows<{ room_id: string }>(sql`
    with ${visible(userId)} select room_id from visible limit ${roomsLookedUpMax + 1}`);
  return rows.length > roomsLookedUpMax ? [] : rows.map((row) => roomFeature(row.room_id));
}

function conditionsOf(wish: Wish, userId: string): Sql {
  const all: Sql[] = [];
  for (const { needle, excluded } of wish.terms) {
    all.push(excluded ? sql`strpos(e.folded, ${needle}) = 0` : sql`strpos(e.folded, ${needle}) > 0`);
  }
  if (wish.authors.length > 0) all.push(sql`e.author_id = any(${wish.authors}::bigint[])`);
  if (wish.notAuthors.length > 0) all.push(sql`e.author_id <> all(${wish.notAuthors}::bigint[])`);
  if (wish.rooms.length > 0) all.push(sql`e.room_id = any(${wish.rooms}::bigint[])`);
  if (wish.notRooms.length > 0) all.push(sql`e.room_id <> all(${wish.notRooms}::bigint[])`);
  if (wish.addressees.length > 0) all.push(addressed(wish.addressees));
  if (wish.notAddressees.length > 0) all.push(sql`not (${addressed(wish.notAddressees)})`);
  // Beside the look-up: several things may have one number.
  if (wish.written.length > 0) all.push(sql`e.flags & ${bitsOf(wish.written)} = ${bitsOf(wish.written)}`);
  if (wish.notWritten.length > 0) all.push(sql`e.flags & ${bitsOf(wish.notWritten)} = 0`);
  for (const mark of wish.marked) all.push(markedWith(mark, userId));
  for (const mark of wish.notMarked) all.push(sql`not (${markedWith(mark, userId)})`);
  if (wish.from) all.push(sql`e.at >= ${wish.from}`);
  if (wish.before) all.push(sql`e.at < ${wish.before}`);
  return all.reduce((before, condition) => sql`${before} and ${condition}`, nothing);
}

function markedWith(mark: Mark, userId: string): Sql {
  switch (mark) {
    case 'reaction':
      return sql`exists (select 1 from reactions x where x.message_id = e.message_id)`;
    case 'pin':
      return sql`e.message_id in (select x.id from messages x where x.pinned_at is not null)`;
    case 'saved':
      return sql`e.message_id in (select x.message_id from saved_messages x where x.user_id = ${userId})`;
  }
}

function addressed(people: readonly string[]): Sql {
  return sql`(
    exists (select 1 from mentions p where p.message_id = e.message_id and p.user_id = any(${people}::bigint[]))
    or exists (
      select 1 from rooms r where r.id = e.room_id and r.kind = 'direct' and r.people && ${people}::bigint[]
        and not e.author_id = any(${people}::bigint[])))`;
}

/** From which number to which; null when there is nothing between them. */
async function rangeOf(tx: Tx, wish: Wish, below: string | null): Promise<Range | null> {
  const [ends] = await tx.rows<{ first: string | null; last: string | null }>(
    sql`select min(message_id) as first, max(message_id) as last from search_entries`,
  );
  if (!ends || ends.first === null || ends.last === null) return null;
  let first = BigInt(ends.first);
  let end = BigInt(ends.last) + 1n;
  if (below !== null && BigInt(below) < end) end = BigInt(below);
  if (wish.from) first = max(first, await numberAt(tx, shifted(wish.from, -clockToleranceMs), ends.last));
  if (wish.before) {
    const until = await numberAt(tx, shifted(wish.before, clockToleranceMs), ends.last);
    if (until < end) end = until;
  }
  return first < end ? { first: String(first), below: String(end) } : null;
}

/** About the first number given at this time or later: numbers grow with time, and halving needs a look-up per step. */
async function numberAt(tx: Tx, at: Date, last: string): Promise<bigint> {
  const [row] = await tx.rows<{ low: string }>(sql`
    with recursive halving(low, high) as (
      select 0::bigint, ${last}::bigint + 1
      union all
      select
        case when x.at < ${at} then x.message_id + 1 else h.low end,
        case when x.at < ${at} then h.high else h.middle end
      from (select low, high, (low + high) / 2 as middle from halving where low < high) h
      cross join lateral (
        select message_id, at from search_entries where message_id >= h.middle order by message_id limit 1) x
    )
    select low from halving where low >= high`);
  return BigInt(row?.low ?? 0);
}

function shifted(moment: Date, byMs: number): Date {
  return new Date(moment.getTime() + byMs);
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
