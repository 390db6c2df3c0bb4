import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase } from '../../../tests/support/test-database.ts';
import { sql } from '../kit/sql.ts';
import { createManualClock } from '../platform/clock/index.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { StreamEvent } from './event.ts';
import { createEventLog } from './event-log.ts';
import { createReader, findReaderLags, readOn, type ReaderDeps } from './readers.ts';
import { userStream, workspaceStream } from './stream.ts';

const { database, close } = await createTestDatabase();
afterAll(close);
const clock = createManualClock();
const log = await createEventLog({ database, clock, onCommit: () => {} });
const [ada, ben] = [userStream('2001'), userStream('2002')];
await log.write([], async (_, log) => {
  await log.open(ada);
  await log.open(ben);
});

const append = (name: string): Promise<unknown> =>
  log.write([workspaceStream], async (_, log) => log.append(workspaceStream, 'emoji.removed', { name }));
const nameOf = (event: StreamEvent): string => event.data<{ name: string }>().name;

/** What the readers of this file have kept: in the database, as their effects are. */
await database.rows(sql`create table heard (id serial, word text)`);
const heard = async (): Promise<string[]> =>
  (await database.rows<{ word: string }>(sql`select word from heard order by id`)).map(({ word }) => word);
const keep = async (tx: Tx, events: readonly StreamEvent[]): Promise<void> => {
  for (const event of events) await tx.rows(sql`insert into heard (word) values (${nameOf(event)})`);
};

beforeEach(async () => {
  await database.rows(sql`truncate heard restart identity`);
  await database.rows(sql`delete from events`);
  await database.rows(sql`delete from readers`);
});

const deps = { name: 'ear', database, clock, logbook: createMemoryLog(), handle: keep };
const readOnce = (handle: ReaderDeps['handle'] = keep): Promise<void> => readOn({ ...deps, handle });

/** Whoever else writes in this Postgres, in whatever database, holds readers back until they have committed. */
const readAll = (handle?: ReaderDeps['handle']): Promise<void> =>
  vi.waitFor(async () => {
    await readOnce(handle);
    expect(await findReaderLags(database, clock.now() + 1)).toEqual([{ name: 'ear', lagMs: 0 }]);
  });

/** A reader of a node whose clock stands still unless told otherwise. */
function open(handle: ReaderDeps['handle'] = keep) {
  const own = { clock: createManualClock(clock.now()), logbook: createMemoryLog() };
  return { reader: createReader({ ...deps, handle, ...own }), ...own };
}

describe('a reader of all streams', () => {
  it('reads from the beginning, goes on where it stood, and repeats nothing', async () => {
    await append('one');
    await append('two');
    await readAll();
    expect(await heard()).toEqual(['one', 'two']);
    await append('three');
    await readAll();
    await readAll();
    expect(await heard()).toEqual(['one', 'two', 'three']);
  });

  it('knows stream, number, time and data of an event', async () => {
    const position = await log.write([workspaceStream], async (_, log) =>
      log.append(workspaceStream, 'emoji.removed', { name: 'ok' }),
    );
    const events: StreamEvent[] = [];
    await readAll((_, batch) => {
      events.push(...batch);
      return Promise.resolve();
    });
    expect(events).toMatchObject([
      { stream: { kind: 'workspace', id: '1' }, seq: position.seq, at: clock.now(), name: 'emoji.removed' },
    ]);
    expect(nameOf(events[0] as StreamEvent)).toBe('ok');
  });

  it('pauses between batches while people wait, and only then', async () => {
    await log.write([workspaceStream], async (_, log) => {
      for (let count = 0; count < 600; count += 1)
        log.append(workspaceStream, 'emoji.removed', { name: 'many' });
    });
    // Whoever else writes in this Postgres holds readers back.
    const all = sql`select 1 from events where tx >= pg_snapshot_xmin(pg_current_snapshot())`;
    await vi.waitFor(async () => expect(await database.rows(all)).toEqual([]), { timeout: 10_000 });
    for (const [givesWay, pauseMs] of [
      [true, 270],
      [false, 0],
    ] as const) {
      await database.rows(sql`delete from readers`);
      const own = createManualClock(clock.now());
      const endedAt: number[] = [];
      const begunAt: number[] = [];
      let isDone = false;
      const reading = readOn({
        ...deps,
        clock: own,
        givesWay: () => givesWay,
        handle: (_, events) => {
          expect([500, 100]).toContain(events.length);
          begunAt.push(own.now());
          own.elapse(30);
          endedAt.push(own.now());
          return Promise.resolve();
        },
      }).finally(() => (isDone = true));
      await vi.waitFor(
        () => {
          if (givesWay) own.elapse(1);
          expect(isDone).toBe(true);
        },
        { timeout: 10_000, interval: 2 },
      );
      await reading;
      expect(begunAt).toHaveLength(2);
      const waitedMs = (begunAt[1] ?? 0) - (endedAt[0] ?? 0);
      if (givesWay) expect(waitedMs).toBeGreaterThanOrEqual(pauseMs);
      else expect(waitedMs).toBe(pauseMs);
    }
  });

  it('never passes over what commits late', async () => {
    let commit = (): void => {};
    const mayCommit = new Promise<void>((resolve) => (commit = resolve));
    let numbered = (): void => {};
    const isNumbered = new Promise<void>((resolve) => (numbered = resolve));
    const late = log.write([ada], async (_, log) => {
      log.append(ada, 'message.unsaved', { messageId: '1' });
      numbered();
      await mayCommit;
    });
    await isNumbered;
    await append('after');
    const seen: string[] = [];
    const note: ReaderDeps['handle'] = (_, events) => {
      seen.push(...events.map((event) => event.name));
      return Promise.resolve();
    };
    await readOnce(note);
    expect(seen).toEqual([]);
    commit();
    await late;
    await readAll(note);
    expect(seen).toEqual(['message.unsaved', 'emoji.removed']);
  });

  it('keeps neither effects nor position when handling fails, and says so', async () => {
    await append('one');
    const {
      reader,
      clock: own,
      logbook,
    } = open(async (tx, events) => {
      await keep(tx, events);
      throw new Error('no ear');
    });
    await vi.waitFor(() => {
      own.elapse(200);
      reader.wake();
      expect(logbook.lines).toMatchObject([{ level: 'warn', fields: { chore: 'reader ear' } }]);
    });
    await reader.close();
    expect(await heard()).toEqual([]);
    await readAll();
    expect(await heard()).toEqual(['one']);
  });

  it('keeps each event once however many nodes read', async () => {
    const words = Array.from({ length: 40 }, (_, index) => `w${index}`);
    const readers = [open(), open(), open()];
    for (const word of words) {
      await append(word);
      for (const { reader, clock } of readers) {
        clock.elapse(200);
        reader.wake();
      }
    }
    for (const { reader } of readers) await reader.close();
    await readAll();
    expect(await heard()).toEqual(words);
  });

  it('reads what is more than a batch', async () => {
    await log.write([ben], async (_, log) => {
      for (let n = 0; n < 1_203; n += 1) log.append(ben, 'message.unsaved', { messageId: String(n + 1) });
    });
    const batches: number[] = [];
    let before = 0;
    await readAll((_, events) => {
      batches.push(events.length);
      for (const event of events) {
        expect(event.seq).toBeGreaterThan(before);
        before = event.seq;
      }
      return Promise.resolve();
    });
    expect(batches).toEqual([500, 500, 203]);
  });

  it('finds by itself what nobody woke it for', async () => {
    const { reader, clock: own } = open();
    await append('quiet');
    await vi.waitFor(async () => {
      own.elapse(5_000);
      expect(await heard()).toEqual(['quiet']);
    });
    await reader.close();
  });

  it('says how far behind it is', async () => {
    await readAll();
    await append('one');
    clock.elapse(30_000);
    await append('two');
    expect(await findReaderLags(database, clock.now())).toEqual([{ name: 'ear', lagMs: 30_000 }]);
    await readAll();
    expect(await findReaderLags(database, clock.now())).toEqual([{ name: 'ear', lagMs: 0 }]);
  });

  it('looks up its place by index', async () => {
    await readAll();
    const plan = await database.write(async (tx) => {
      await tx.rows(sql`set local enable_seqscan = off; set local enable_sort = off`);
      return tx.rows<{ 'QUERY PLAN': string }>(sql`
        explain select * from events
        where (tx, stream_id, seq) > (${'5'}::xid8, ${'1'}::bigint, ${'1'}::bigint)
          and tx < pg_snapshot_xmin(pg_current_snapshot())
        order by tx, stream_id, seq limit 500`);
    });
    const text = plan.map((line) => line['QUERY PLAN']).join('\n');
    expect(text).toContain('Index Scan using events_in_commit_order');
    expect(text).not.toContain('Sort Key');
  });
});
