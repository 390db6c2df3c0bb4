import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase } from '../../../tests/support/test-database.ts';
import { sql } from '../kit/sql.ts';
import { createManualClock } from '../platform/clock/index.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import { createEventLog } from './event-log.ts';
import { findReaderLags, readOn } from './readers.ts';
import { createRetention, removeOldEvents } from './retention.ts';
import { userStream } from './stream.ts';

const { database, close } = await createTestDatabase();
afterAll(close);
const dayMs = 86_400_000;
const clock = createManualClock();
const log = await createEventLog({ database, clock, onCommit: () => {} });
const [ada, ben] = [userStream('2001'), userStream('2002')];
await log.write([], async (_, log) => {
  await log.open(ada);
  await log.open(ben);
});
const deps = () => ({ database, clock, logbook: createMemoryLog(), days: 30 });

const append = (stream: typeof ada, count = 1): Promise<void> =>
  log.write([stream], (_, log) => {
    for (let n = 0; n < count; n += 1) log.append(stream, 'message.unsaved', { messageId: '1' });
    return Promise.resolve();
  });
/** Whoever else writes in this Postgres, in whatever database, holds readers back until they have committed. */
const read = (): Promise<void> =>
  vi.waitFor(async () => {
    await readOn({ ...deps(), name: 'ear', handle: () => Promise.resolve() });
    expect(await findReaderLags(database, clock.now() + 1)).toEqual([{ name: 'ear', lagMs: 0 }]);
  });

/** What a stream still holds: its floor and the numbers above it. */
async function held(stream: typeof ada): Promise<{ floor: number; seqs: number[] }> {
  const [row] = await database.rows<{ floor: number; seqs: number[] }>(sql`
    select floor::int, array(select seq::int from events where stream_id = s.id order by seq) as seqs
    from streams s where id = ${stream.id}`);
  return row ?? { floor: -1, seqs: [] };
}

beforeEach(async () => {
  await database.rows(sql`delete from events`);
  await database.rows(sql`delete from readers`);
  await database.rows(sql`update streams set head = 0, floor = 0`);
});

describe('retention', () => {
  it('removes the beginning of each stream that is old, and says up to where', async () => {
    await append(ada, 3);
    clock.elapse(20 * dayMs);
    await append(ada, 2);
    await append(ben, 2);
    clock.elapse(11 * dayMs);
    expect(await removeOldEvents(deps())).toEqual({ removed: 3, heldBackBy: null });
    expect(await held(ada)).toEqual({ floor: 3, seqs: [4, 5] });
    expect(await held(ben)).toEqual({ floor: 0, seqs: [1, 2] });
    clock.elapse(20 * dayMs);
    expect(await removeOldEvents(deps())).toEqual({ removed: 4, heldBackBy: null });
    expect(await held(ada)).toEqual({ floor: 5, seqs: [] });
    expect(await removeOldEvents(deps())).toEqual({ removed: 0, heldBackBy: null });
    expect(await held(ada)).toEqual({ floor: 5, seqs: [] });
  });

  it('leaves what a reader has not read, and names the reader', async () => {
    await append(ada, 2);
    await read();
    await append(ada, 2);
    clock.elapse(31 * dayMs);
    const withLog = deps();
    expect(await removeOldEvents(withLog)).toEqual({ removed: 2, heldBackBy: 'ear' });
    expect(await held(ada)).toEqual({ floor: 2, seqs: [3, 4] });
    expect(withLog.logbook.lines).toMatchObject([
      { level: 'info', fields: { events: 2 } },
      { level: 'warn', fields: { reader: 'ear' } },
    ]);
    await read();
    expect(await removeOldEvents(deps())).toEqual({ removed: 2, heldBackBy: null });
  });

  it('leaves the young ones even when an older one follows', async () => {
    await append(ada);
    await database.rows(sql`update events set at = ${new Date(clock.now() + 5_000)}`);
    await append(ada);
    clock.elapse(30 * dayMs + 2_000);
    expect(await removeOldEvents(deps())).toEqual({ removed: 0, heldBackBy: null });
  });

  it('removes more than a batch', async () => {
    await append(ada, 2_500);
    clock.elapse(31 * dayMs);
    expect(await removeOldEvents(deps())).toEqual({ removed: 2_500, heldBackBy: null });
    expect(await held(ada)).toEqual({ floor: 2_500, seqs: [] });
  });

  it('leaves the work to the node that is at it', async () => {
    await append(ada);
    clock.elapse(31 * dayMs);
    await database.write(async (tx) => {
      await tx.rows(sql`select pg_advisory_xact_lock(7302001)`);
      expect(await removeOldEvents(deps())).toEqual({ removed: 0, heldBackBy: null });
    });
    expect(await removeOldEvents(deps())).toMatchObject({ removed: 1 });
  });

  it('waits for nobody but the one stream it works on', async () => {
    await append(ada);
    await append(ben);
    clock.elapse(31 * dayMs);
    // Whoever appends to Ben's stream meanwhile waits for nothing of Ada's.
    await log.write([ben], async (_, log) => {
      const removing = removeOldEvents(deps());
      await vi.waitFor(async () => expect((await held(ada)).seqs).toEqual([]));
      log.append(ben, 'message.unsaved', { messageId: '1' });
      void removing;
    });
    await vi.waitFor(async () => expect(await held(ben)).toEqual({ floor: 1, seqs: [2] }));
  });

  it('runs every hour', async () => {
    await append(ada);
    const own = createManualClock(clock.now() + 31 * dayMs);
    const retention = createRetention({ ...deps(), clock: own });
    own.elapse(dayMs / 24);
    await vi.waitFor(async () => expect((await held(ada)).floor).toBe(1));
    await retention.close();
  });
});
