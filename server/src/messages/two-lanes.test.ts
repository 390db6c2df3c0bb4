/** Two nodes' lanes on the same rooms at once, with everything that locks beside them. */
import { afterAll, expect, it } from 'vitest';
import { createSmallWorld } from '../../../tests/support/small-world.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import { createPool } from '../platform/postgres/index.ts';
import { createSeededRandom } from '../platform/random/index.ts';
import { createMessages } from './index.ts';

const world = await createSmallWorld();
const { handlers, clock, log } = world;
const pools = [1, 2].map(() =>
  createPool({ address: world.address, log: createMemoryLog(), connectionsMax: 3 }),
);
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  await world.close();
});
const nodes = pools.map((database) => createMessages({ database, clock, log, committed: () => {} }).handlers);

const people = await Promise.all(['ann', 'bob', 'cleo', 'dan'].map((handle) => world.person(handle)));
const [ann, bob, cleo, dan] = people as [Caller, Caller, Caller, Caller];
const userIds = people.map(({ userId }) => userId);

async function makeRooms(): Promise<string[]> {
  const rooms: string[] = [];
  for (let n = 0; n < 4; n += 1) {
    const name = `race-${n}`;
    const { room } = await handlers['room.create'](ann, {
      clientId: `race-${n}-client`,
      kind: 'private',
      name,
    });
    await handlers['room.invite'](ann, { roomId: room.room.id, userIds: userIds.slice(1) });
    rooms.push(room.room.id);
  }
  const { room } = await handlers['room.openDirect'](ann, { userIds: userIds.slice(1) });
  return [...rooms, room.room.id];
}

it('leaves no hole, no duplicate and no deadlock', { timeout: 60_000 }, async () => {
  const random = createSeededRandom(2);
  const pick = <One>(list: readonly One[]): One => list[Math.floor(random.fraction() * list.length)] as One;
  const rooms = await makeRooms();
  const roots = new Map<string, string>();
  for (const roomId of rooms) {
    const root = await handlers['message.send'](ann, { roomId, clientId: `root-of-${roomId}`, text: 'root' });
    roots.set(roomId, root.messageId);
  }
  const texts = ['plain', 'hey @bob and @cleo', 'hey @ann', '@all listen', '@dan @ann @bob'];

  /** The same message through both lanes, as after a failover: each is kept once. */
  const sends = Array.from({ length: 300 }, (_, n) => () => {
    const roomId = pick(rooms);
    const threadId = random.fraction() < 0.3 ? (roots.get(roomId) ?? null) : null;
    const alsoInRoom = threadId !== null && random.fraction() < 0.3;
    const message = { roomId, clientId: `message-${n}-of-race`, text: pick(texts), threadId, alsoInRoom };
    const by = pick(people);
    const first = pick([0, 1]);
    const tries = [nodes[first], ...(random.fraction() < 0.2 ? [nodes[1 - first]] : [])];
    return Promise.all(tries.map(async (node) => node?.['message.send'](by, message)));
  });
  const disturbances = Array.from({ length: 150 }, () => () => {
    const by = pick(people);
    const roomId = pick(rooms);
    return pick([
      () => handlers['read.upTo'](by, { roomId, ordinal: Math.floor(random.fraction() * 80) }),
      () => handlers['read.from'](by, { roomId, ordinal: 1 }),
      () => handlers['read.all'](by, {}),
      () => handlers['thread.read'](by, { threadId: roots.get(roomId) ?? '1', ordinal: 5 }),
      () => handlers['room.setPreferences'](by, { roomId, muted: random.fraction() < 0.5 }),
      () => handlers['room.change'](ann, { roomId, topic: `topic ${random.fraction()}` }),
      () => handlers['draft.set'](by, { roomId, text: `draft ${random.fraction()}` }),
      () =>
        handlers['reaction.add'](by, {
          messageId: roots.get(roomId) ?? '1',
          emoji: pick(['👍', '🎉', '❤️']),
        }),
    ])();
  });

  const work: (() => Promise<unknown>)[] = [...sends, ...disturbances];
  for (let n = work.length - 1; n > 0; n -= 1) {
    const other = Math.floor(random.fraction() * (n + 1));
    [work[n], work[other]] = [work[other] as () => Promise<unknown>, work[n] as () => Promise<unknown>];
  }
  const refused: unknown[] = [];
  const workers = Array.from({ length: 60 }, async () => {
    for (let one = work.pop(); one !== undefined; one = work.pop()) {
      await one().catch((error: unknown) => refused.push(error));
    }
  });
  await Promise.all(workers);
  expect(refused).toEqual([]);

  expect(await holes()).toEqual({ events: [], timelines: [], threads: [] });
  const [kept] = await world.database.rows<{ count: number }>(
    sql`select count(*)::int as count from messages where client_id like 'message-%-of-race'`,
  );
  expect(kept?.count).toBe(300);
  const [stats] = await world.database.rows<{ deadlocks: number }>(sql`
    select deadlocks::int as deadlocks from pg_stat_database where datname = current_database()`);
  expect(stats?.deadlocks).toBe(0);
  await readToTheirEnds();
});

/** Where numbers are missing, repeated, or not the ones the stream or thread says. */
async function holes(): Promise<Record<string, unknown[]>> {
  const { database } = world;
  return {
    events: await database.rows(sql`
      select s.id, s.head from streams s left join events e on e.stream_id = s.id
      group by s.id, s.head having s.head <> count(e.seq) or s.head <> coalesce(max(e.seq), 0)`),
    timelines: await database.rows(sql`
      select s.id, s.ordinal from streams s left join messages m on m.room_id = s.id and m.ordinal is not null
      where s.kind = 'room' group by s.id, s.ordinal
      having s.ordinal <> count(m.ordinal) or s.ordinal <> coalesce(max(m.ordinal), 0)`),
    threads: await database.rows(sql`
      select t.id, t.ordinal, t.replies from threads t left join messages m on m.thread_id = t.id
      group by t.id having t.ordinal <> count(m.id) or t.ordinal <> max(m.thread_ordinal) or t.replies <> count(m.id)`),
  };
}

/** Whoever reads everything has nothing unread, and authors have read what they wrote. */
async function readToTheirEnds(): Promise<void> {
  for (const by of [ann, bob, cleo, dan]) {
    await handlers['read.all'](by, {});
    const { rooms, threads } = await handlers['sync.snapshot'](by, {});
    for (const { membership, counters } of rooms) {
      expect(membership.readOrdinal).toBe(counters.ordinal);
      expect(counters.mentions).toEqual([]);
    }
    expect(threads).toEqual([]);
  }
}
