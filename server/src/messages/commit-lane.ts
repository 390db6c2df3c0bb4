/**
 * The commit lane: sends that arrive while a commit is in flight, for whatever rooms, are committed together by one
 * statement (migrations/0018). No timer: a batch leaves as soon as a lane is free.
 *
 * States of a send: waiting → in a batch → committed → answered. Batches in flight at once hold disjoint rooms; the
 * database begins with the next one while this one's people are told. When the world
 * failed, the batch is tried again, for as long as its sends may wait: what its unknown outcome kept is found again by
 * author and client id, so that nobody sees an error for what was kept. When something in the batch is at fault, its sends are tried one by one, so that one does not fail its neighbours.
 */
import { limits, type ErrorCode, type Message } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';
import { sql, type Sql } from '../kit/sql.ts';
import { StreamEvent, roomStream, userStream } from '../delivery/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import { Fault } from '../platform/fault.ts';
import { createPatience, pause, type Patience } from '../platform/patience.ts';
import { haste, type Database } from '../platform/postgres/index.ts';
import { withFiles } from './commit-files.ts';
import { createRoomQueues } from './room-queues.ts';

const lanesMax = 2;

/** A message as others are told of it, less what it is given when it is numbered. */
export type UnnumberedMessage = Omit<Message, 'id' | 'seq' | 'ordinal' | 'threadOrdinal' | 'at'>;

export interface LaneItem {
  message: UnnumberedMessage;
  /** Its JSON without braces. */
  body: string;
  /** JSON of the message's mentions, or null for none. */
  mentions: object | null;
  mentioned: readonly string[];
  wide: 'all' | 'here' | null;
  alsoInRoom: boolean;
  /** A JSON string. */
  excerpt: string;
  /** Files it has, in their order. */
  fileIds: readonly string[];
}

export interface Kept {
  messageId: string;
  roomId: string;
  seq: number;
  ordinal: number | null;
  threadOrdinal: number | null;
  at: number;
}

export interface CommitLane {
  /** @throws Refusal not_found, forbidden, archived, busy; Fault when the world failed for longer than a send waits. */
  send(item: LaneItem): Promise<Kept>;
  /** Resolves when nothing is waiting or in flight. */
  idle(): Promise<void>;
  /** Sends that are in no batch yet. */
  readonly waiting: number;
  /** Sends that are waiting or in flight. */
  readonly unanswered: number;
}

interface Waiting {
  readonly item: LaneItem;
  readonly key: string;
  /** Since when. */
  readonly at: number;
  readonly promise: Promise<Kept>;
  readonly resolve: (kept: Kept) => void;
  readonly reject: (error: unknown) => void;
}

interface Row {
  n: number | null;
  outcome: string;
  message_id: string | null;
  stream_id: string;
  seq: string | null;
  ordinal: string | null;
  thread_ordinal: string | null;
  at_ms: string | null;
  name: string;
  data: string | null;
}

export function createCommitLane(deps: {
  database: Pick<Database, 'rows'>;
  clock: Clock;
  committed: (events: readonly StreamEvent[]) => void;
  /** Hears of each send how long it waited for its batch. */
  waited?: (waitMs: number) => void;
}): CommitLane {
  const queues = createRoomQueues<Waiting>();
  /** Waiting and in flight, by author and client id: an impatient retry joins the first. */
  const open = new Map<string, Waiting>();
  let lanes = 0;
  /** Batches whose sends have not all been answered: those in a lane, and those that just left it. */
  let unfinished = 0;
  let idleListeners: (() => void)[] = [];

  function send(item: LaneItem): Promise<Kept> {
    const { authorId, clientId } = item.message;
    const key = `${authorId} ${clientId}`;
    const known = open.get(key);
    if (known) return known.promise;
    if (queues.size >= limits.commitQueueMax) return Promise.reject(new Refusal('busy'));
    const entry = createWaiting(item, { key, at: deps.clock.now() });
    open.set(key, entry);
    queues.add(entry);
    pump();
    return entry.promise;
  }

  function pump(): void {
    while (lanes < lanesMax) {
      const batch = queues.take(limits.commitBatchMax);
      if (batch.length === 0) return;
      begin(batch);
    }
  }

  function begin(batch: readonly Waiting[]): void {
    lanes += 1;
    unfinished += 1;
    const now = deps.clock.now();
    for (const { at } of batch) deps.waited?.(now - at);
    let isInLane = true;
    const leaveLane = (): void => {
      if (!isInLane) return;
      isInLane = false;
      lanes -= 1;
      queues.release(new Set(batch.map((entry) => entry.item.message.roomId)));
      pump();
    };
    void commitOrSplit(batch, { leaveLane }).finally(() => {
      leaveLane();
      unfinished -= 1;
      if (unfinished === 0) settleIdle();
    });
  }

  /** Those who have waited for too long are told so; the others wait on together, in their order. */
  async function commitOrSplit(
    batch: readonly Waiting[],
    { patience = patienceFor(batch), leaveLane }: { patience?: Patience; leaveLane?: () => void } = {},
  ): Promise<void> {
    try {
      await commit(batch, leaveLane);
    } catch (error) {
      if (error instanceof Fault) {
        const pauseMs = patience(error);
        const late = deps.clock.now() - limits.writePatienceMs;
        const patient = pauseMs === null ? [] : batch.filter((entry) => entry.at > late);
        for (const entry of batch) if (!patient.includes(entry)) answer(entry, error);
        if (pauseMs === null || patient.length === 0) return;
        await pause(deps.clock, pauseMs);
        return commitOrSplit(patient, { patience, ...(leaveLane && { leaveLane }) });
      }
      if (batch.length === 1) {
        for (const entry of batch) answer(entry, error);
      } else {
        for (const entry of batch) await commitOrSplit([entry]);
      }
    }
  }

  function patienceFor(batch: readonly Waiting[]): Patience {
    const newest = Math.max(...batch.map(({ at }) => at));
    return createPatience({ clock: deps.clock, untilMs: newest + limits.writePatienceMs });
  }

  /** @param leaveLane called when nothing of the batch is left for the database to do */
  async function commit(batch: readonly Waiting[], leaveLane?: () => void): Promise<void> {
    const rows = await runBatch(
      deps.database,
      batch.map((entry) => entry.item),
      deps.clock.now(),
    );
    if (leaveLane && queues.size > 0) {
      leaveLane();
      // The next statement leaves before this turn's work.
      await new Promise<void>((resolve) => deps.clock.soon(resolve));
    }
    const events = rows.flatMap((row) => eventOf(row, row.n === null ? undefined : batch[row.n]?.item) ?? []);
    if (events.length > 0) deps.committed(events);
    for (const row of rows) {
      const entry = row.n === null ? undefined : batch[row.n];
      if (entry) answer(entry, outcomeOf(row));
    }
  }

  function answer(entry: Waiting, outcome: unknown): void {
    open.delete(entry.key);
    if (isKept(outcome)) entry.resolve(outcome);
    else entry.reject(outcome);
  }

  function settleIdle(): void {
    const listeners = idleListeners;
    idleListeners = [];
    for (const listener of listeners) listener();
  }

  return {
    send,
    idle: () =>
      unfinished === 0 ? Promise.resolve() : new Promise((resolve) => idleListeners.push(resolve)),
    get waiting() {
      return queues.size;
    },
    get unanswered() {
      return open.size;
    },
  };
}

function createWaiting(item: LaneItem, { key, at }: Pick<Waiting, 'key' | 'at'>): Waiting {
  let resolve: (kept: Kept) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<Kept>((onKept, onError) => {
    resolve = onKept;
    reject = onError;
  });
  return { item, key, at, promise, resolve, reject };
}

async function runBatch(
  database: Pick<Database, 'rows'>,
  items: readonly LaneItem[],
  now: number,
): Promise<Row[]> {
  const rooms = [...new Set(items.map(({ message }) => message.roomId))];
  const rows = items.map((item, n) => ({
    n,
    room_id: item.message.roomId,
    author_id: item.message.authorId,
    client_id: item.message.clientId,
    text: item.message.text,
    mentions: item.mentions,
    mentioned: item.mentioned,
    wide: item.wide,
    thread_id: item.message.threadId,
    also: item.alsoInRoom,
    quote_id: item.message.quoteId,
    body: item.body,
    excerpt: item.excerpt,
    ...(item.fileIds.length > 0 ? { files: item.fileIds } : {}),
  }));
  const commit = (json: Sql): Sql =>
    sql`select * from commit_messages_2(${rooms}::bigint[], ${json}, ${items.every(isQuiet)}, ${new Date(now)})`;
  const json = sql`${JSON.stringify(rows)}::json`;
  const anyFiles = items.some((item) => item.fileIds.length > 0);
  return database.rows<Row>(anyFiles ? withFiles(rooms, json, commit) : commit(json), haste);
}

/** Of no concern to anybody in particular: what most of a batch's work is about falls away. */
function isQuiet({ message, mentioned, wide }: LaneItem): boolean {
  return mentioned.length === 0 && wide === null && message.threadId === null;
}

/** What was appended to the stream of a room, as the database words it (`message_data`), or to somebody's own; null for neither. */
function eventOf(row: Row, item: LaneItem | undefined): StreamEvent | null {
  const place = { seq: Number(row.seq), at: Number(row.at_ms) };
  if (!item)
    return new StreamEvent(userStream(row.stream_id), place, { name: row.name, json: row.data ?? 'null' });
  if (row.outcome !== 'sent') return null;
  const { messageId: id, seq, ordinal, threadOrdinal, at } = keptOf(row);
  const numbers = { id, seq, ordinal, threadOrdinal, at };
  const json = `{"message":{"id":"${id}","seq":${seq},"ordinal":${ordinal},"threadOrdinal":${threadOrdinal},"at":${at},${item.body}}}`;
  const data = { message: { ...item.message, ...numbers } };
  return new StreamEvent(roomStream(row.stream_id), place, { name: row.name, json, data });
}

function outcomeOf(row: Row): Kept | Refusal {
  return row.outcome === 'sent' || row.outcome === 'kept'
    ? keptOf(row)
    : new Refusal(row.outcome as ErrorCode);
}

function keptOf(row: Row): Kept {
  return {
    messageId: row.message_id ?? '',
    roomId: row.stream_id,
    seq: Number(row.seq),
    ordinal: row.ordinal === null ? null : Number(row.ordinal),
    threadOrdinal: row.thread_ordinal === null ? null : Number(row.thread_ordinal),
    at: Number(row.at_ms),
  };
}

function isKept(outcome: unknown): outcome is Kept {
  return typeof outcome === 'object' && outcome !== null && 'messageId' in outcome;
}
