/** The lane in a world that fails: what is lost, repeated or at fault. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { limits } from '@confab/protocol';
import { createSmallWorld } from '../../../tests/support/small-world.ts';
import { sql } from '../kit/sql.ts';
import { Fault } from '../platform/fault.ts';
import { haste, type Database } from '../platform/postgres/index.ts';
import { createCommitLane, type LaneItem } from './commit-lane.ts';
import { createMessages } from './index.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, database, clock } = world;
const ann = await world.person('ann');
let roomId = '';
beforeEach(async () => {
  roomId = await world.room(ann);
});

function item(text: string): LaneItem {
  const clientId = world.fresh();
  const { userId: authorId } = ann;
  const message = { roomId, authorId, clientId, text, threadId: null, quoteId: null } as LaneItem['message'];
  const parts = {
    mentions: null,
    mentioned: [],
    wide: null,
    alsoInRoom: false,
    fileIds: [],
  };
  return { ...parts, message, body: JSON.stringify(message).slice(1, -1), excerpt: '""' };
}

const lost = (): Fault => new Fault('no answer', { part: 'postgres', retryable: true, outcomeUnknown: true });

/** The database, with something in its way; `answer` is told how often it was called before. */
function laneOver(answer: (run: () => Promise<object[]>, before: number) => Promise<object[]>) {
  let calls = 0;
  const inTheWay: Pick<Database, 'rows'> = {
    rows: <Row extends object>(...asked: Parameters<Database['rows']>) => {
      // Nobody waits for as long as the pool would.
      expect(asked[1]).toBe(haste);
      return answer(() => database.rows(...asked), calls++) as Promise<Row[]>;
    },
  };
  const lane = createCommitLane({ database: inTheWay, clock, committed: () => {} });
  return { lane, calls: () => calls };
}

/** Time goes by in small steps, and what is due in between is done. */
async function passing(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 250) {
    clock.elapse(250);
    for (let turn = 0; turn < 5; turn += 1) await database.rows(sql`select 1`);
  }
}

const timeline = async () =>
  (await handlers['room.history'](ann, { roomId })).messages.map(({ text }) => text);

describe('a lane whose answers are lost', () => {
  it('keeps each message once when it was committed all the same', async () => {
    const { lane, calls } = laneOver(async (run, before) => {
      const rows = await run();
      if (before === 0) throw lost();
      return rows;
    });
    const kept = await Promise.all(['one', 'two', 'three'].map((text) => lane.send(item(text))));
    expect(kept.map(({ ordinal }) => ordinal)).toEqual([1, 2, 3]);
    expect(await timeline()).toEqual(['one', 'two', 'three']);
    expect(calls()).toBeLessThanOrEqual(4);
  });

  it('waits no longer for what a send looks up first', async () => {
    const waits: unknown[] = [];
    const rows: typeof database.rows = (...asked) => {
      waits.push(asked[1]);
      return database.rows(...asked);
    };
    const own = createMessages({ ...world, database: { ...database, rows }, committed: () => {} }).handlers;
    const text = 'for @ann, in #everywhere';
    await own['message.send'](ann, { roomId, clientId: world.fresh(), text, fileIds: ['1'] }).catch(() => {});
    await own['message.send'](ann, { roomId, clientId: world.fresh(), text });
    expect(waits.length).toBeGreaterThanOrEqual(7);
    expect(waits.filter((one) => one !== haste)).toEqual([]);
  });

  it('tries on while they may wait, keeps each once and in order when the database is back', async () => {
    let down = true;
    const { lane, calls } = laneOver((run) => (down ? run().then(() => Promise.reject(lost())) : run()));
    const texts = Array.from({ length: 50 }, (_, n) => `message ${n}`);
    const outcomes = Promise.all(texts.map((text) => lane.send(item(text))));
    await passing(limits.writePatienceMs - 2_000);
    expect(calls()).toBeGreaterThan(10);
    down = false;
    await passing(1_000);
    expect((await outcomes).map(({ ordinal }) => ordinal)).toEqual(texts.map((_, n) => n + 1));
    expect(await timeline()).toEqual(texts);
  });

  it('says so in the end, to all who waited, and goes on', async () => {
    let down = true;
    const { lane, calls } = laneOver((run) => (down ? Promise.reject(lost()) : run()));
    const outcomes = Promise.allSettled(
      Array.from({ length: 50 }, (_, n) => lane.send(item(`message ${n}`))),
    );
    await passing(limits.writePatienceMs + 2_000);
    expect((await outcomes).every((one) => one.status === 'rejected' && one.reason instanceof Fault)).toBe(
      true,
    );
    expect(calls()).toBeLessThanOrEqual(150);
    expect(lane.waiting).toBe(0);
    down = false;
    await expect(lane.send(item('after'))).resolves.toMatchObject({ ordinal: 1 });
    await lane.idle();
  });
});

describe('a send that cannot be kept', () => {
  it('fails alone', async () => {
    const { lane } = laneOver((run) => run());
    const broken = { ...item('broken'), body: '"not": json' };
    const outcomes = await Promise.allSettled([
      lane.send(item('first')),
      lane.send(item('one')),
      lane.send(broken),
      lane.send(item('two')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await timeline()).toEqual(['first', 'one', 'two']);
  });
});

describe('a lane that is full', () => {
  it('refuses more, and answers all who wait', async () => {
    let release: () => void = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const { lane } = laneOver(async () => {
      await released;
      throw new Fault('gone', { part: 'postgres', retryable: false });
    });
    // One batch is under way; the rest waits.
    const waiting = Array.from({ length: limits.commitQueueMax + 1 }, () => lane.send(item('waits')));
    const outcomes = Promise.allSettled(waiting);
    expect(lane.waiting).toBe(limits.commitQueueMax);
    await expect(lane.send(item('too many'))).rejects.toMatchObject({ code: 'busy' });
    release();
    expect((await outcomes).every(({ status }) => status === 'rejected')).toBe(true);
    expect(lane.waiting).toBe(0);
  });
});
