import type { Follow } from '@confab/protocol';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSmallWorld } from '../../../tests/support/small-world.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';
import { createSync, type FollowState } from './index.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, database, clock, log, send } = world;
const { readFollows, readWatches } = createSync({ database, clock, log, feeds: world.delivery.feeds });

const ann = await world.person('ann');
const bob = await world.person('bob');
let roomId = '';
beforeEach(async () => {
  roomId = await world.room(ann, [bob]);
});
const snapshotOf = (by: Caller) => handlers['sync.snapshot'](by, {});

describe('a snapshot', () => {
  it('holds one person’s state, and where their streams stand', async () => {
    const direct = await world.direct(bob, [ann]);
    const { messageId } = await send(ann, roomId, 'root');
    await send(bob, roomId, 'reply @ann @all', { threadId: messageId, alsoInRoom: true });
    await handlers['draft.set'](ann, { roomId, text: 'unsent' });
    await handlers['message.save'](ann, { messageId });
    await database.rows(sql`insert into images (hash, bytes, created_at) values ('h', '', now())`);
    await database.rows(sql`
      insert into custom_emoji (name, picture, added_by, added_at) values ('parrot', 'h', ${ann.userId}, now())`);
    const snapshot = await snapshotOf(ann);
    expect(snapshot).toMatchObject({
      epoch: 1,
      at: clock.now(),
      me: { userId: ann.userId },
      workspace: { name: 'Confab', signUpDomains: [], invitations: 'everyone' },
      emoji: [{ name: 'parrot', picture: 'h', addedBy: ann.userId }],
      threads: [{ threadId: messageId, roomId, ordinal: 1, readOrdinal: 0, mentions: [1] }],
      drafts: [{ roomId, threadId: null, text: 'unsent' }],
      saved: [messageId],
      preferences: { theme: 'system', doNotDisturbUntil: null },
      positions: { workspace: { stream: 'workspace', seq: 0 }, user: { stream: `user:${ann.userId}` } },
    });
    expect(Object.keys(snapshot.workspace)).toEqual(['name', 'signUpDomains', 'invitations']);
    expect(snapshot.users.map(({ id }) => id)).toEqual([ann.userId, bob.userId]);
    const room = snapshot.rooms.find((one) => one.room.id === roomId);
    expect(room).toMatchObject({ membership: { readOrdinal: 1 }, counters: { ordinal: 2, mentions: [2] } });
    expect(snapshot.rooms.map((one) => one.room.id)).toContain(direct);
    const { events, head } = await handlers['sync.events'](ann, { stream: `user:${ann.userId}`, after: 0 });
    expect([snapshot.positions.user.seq, events.length]).toEqual([head, head]);
  });

  it('holds the newest unread mentions, no more than the badge shows', async () => {
    await Promise.all(Array.from({ length: 130 }, (_, n) => send(ann, roomId, `${n} @all`)));
    const { rooms } = await snapshotOf(bob);
    const room = rooms.find((one) => one.room.id === roomId);
    expect(room?.counters.mentions).toEqual(Array.from({ length: 100 }, (_, n) => n + 31));
  });
});

describe('events of a stream', () => {
  const events = (by: Caller, input: Partial<Parameters<(typeof handlers)['sync.events']>[1]>) =>
    handlers['sync.events'](by, { stream: `room:${roomId}`, after: 0, ...input });

  it('come in pages', async () => {
    for (const text of ['one', 'two', 'three']) await send(ann, roomId, text);
    const first = await events(bob, { limit: 2 });
    expect([first.events.map(({ seq }) => seq), first.head, first.next]).toEqual([[1, 2], 5, 2]);
    const rest = await events(bob, { after: 2, epoch: 1 });
    expect([rest.events.map(({ seq }) => seq), rest.next]).toEqual([[3, 4, 5], null]);
    expect(rest.events[0]).toMatchObject({
      stream: `room:${roomId}`,
      epoch: 1,
      name: 'message.sent',
      data: { message: { text: 'one' } },
    });
  });

  it('are for who may read the stream', async () => {
    const cleo = await world.person(`cleo-${roomId}`);
    const refused = { code: 'not_found' };
    await expect(events(cleo, {})).rejects.toMatchObject(refused);
    await expect(events(cleo, { stream: `user:${ann.userId}` })).rejects.toMatchObject(refused);
    await expect(events(cleo, { stream: 'room:999999999' })).rejects.toMatchObject(refused);
    await expect(events(cleo, { stream: `room:${ann.userId}` })).rejects.toMatchObject(refused);
    await expect(events(cleo, { stream: 'workspace' })).resolves.toMatchObject({ head: 0 });
    await expect(events(cleo, { stream: `user:${cleo.userId}` })).resolves.toMatchObject({ head: 0 });
    const open = await world.room(ann, [], { kind: 'public' });
    await expect(events(cleo, { stream: `room:${open}` })).resolves.toMatchObject({ head: 1 });
  });

  it('refuse a place that cannot be gone on from', async () => {
    await send(ann, roomId, 'one');
    await database.rows(sql`update streams set floor = 2 where id = ${roomId}`);
    for (const place of [{ after: 1 }, { after: 99 }, { after: 3, epoch: 7 }]) {
      await expect(events(bob, place)).rejects.toMatchObject({
        code: 'expired_position',
        data: { floor: 2, head: 3, epoch: 1 },
      });
    }
    await expect(events(bob, { after: 2 })).resolves.toMatchObject({ head: 3 });
  });
});

describe('waiting for events', () => {
  const wait = (by: Caller, after: number) =>
    handlers['sync.events'](by, { stream: `room:${roomId}`, after, waitMs: 30_000 });

  it('ends with the next one', async () => {
    const [first, second] = [wait(ann, 2), wait(bob, 2)];
    await send(ann, roomId, 'hello');
    for (const waited of [first, second]) {
      expect((await waited).events).toMatchObject([{ seq: 3, data: { message: { text: 'hello' } } }]);
    }
  });

  it('does not begin when there are some', async () => {
    expect((await wait(bob, 0)).events).toHaveLength(2);
  });

  it('ends empty when nothing comes', async () => {
    const waiting = wait(bob, 2);
    // The timer is set once the head has been read.
    let over = false;
    void waiting.finally(() => (over = true));
    while (!over) {
      clock.elapse(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await waiting).toEqual({ events: [], head: 2, epoch: 1, next: null });
  });

  it('ends for who is taken out of the room', async () => {
    const waiting = wait(bob, 2);
    const refused = expect(waiting).rejects.toMatchObject({ code: 'not_found' });
    await handlers['room.removeMember'](ann, { roomId, userId: bob.userId });
    await refused;
  });
});

describe('following', () => {
  const now = (): Promise<Follow> =>
    snapshotOf(bob).then(({ epoch, at, positions }) => ({
      epoch,
      workspace: positions.workspace.seq,
      user: positions.user.seq,
      since: at,
    }));
  const read = async (follow: Follow): Promise<FollowState> => {
    const [state] = await readFollows([{ userId: bob.userId, follow }]);
    if (!state) throw new Error('no state');
    return state;
  };

  it('has nothing to say to who is up to date, but names all rooms', async () => {
    const follow = await now();
    clock.elapse(3_600_000);
    const state = await read({ ...follow, since: clock.now() });
    expect(state).toMatchObject({
      workspaceEvents: [],
      userEvents: [],
      badges: [],
      heads: { workspace: follow.workspace, user: follow.user },
      resync: { workspace: false, user: false },
    });
    const { rooms } = await snapshotOf(bob);
    expect(state.rooms).toHaveLength(rooms.length);
    expect(state.rooms).toContainEqual({ roomId, head: 2 });
  });

  it('brings own events, and full badges of what moved since then', async () => {
    clock.elapse(3_600_000);
    const follow = await now();
    const { messageId } = await send(ann, roomId, 'one @bob');
    const { at } = await send(ann, roomId, 'two @all');
    await handlers['message.save'](bob, { messageId });
    const state = await read(follow);
    expect(state.userEvents.map(({ name, seq }) => [name, seq])).toEqual([
      ['notice.added', follow.user + 1],
      ['message.saved', follow.user + 2],
    ]);
    expect(state.badges).toEqual([
      { roomId, head: 4, ordinal: 2, lastAt: at, readOrdinal: 0, mentions: [1, 2], memberCount: 2 },
    ]);
    clock.elapse(3_600_000);
    const later = await now();
    await handlers['room.change'](ann, { roomId, topic: 'news' });
    const [badge] = (await read(later)).badges;
    expect(badge).toMatchObject({ roomId, head: 5, room: { topic: 'news', memberCount: 2 } });
  });

  it('sends back for a snapshot who cannot go on', async () => {
    const follow = await now();
    const resync = async (place: Partial<Follow>) => (await read({ ...follow, ...place })).resync;
    expect(await resync({ epoch: 2 })).toEqual({ workspace: true, user: true });
    expect(await resync({ user: follow.user + 1 })).toEqual({ workspace: false, user: true });
    expect(await resync({ workspace: 1 })).toEqual({ workspace: true, user: false });
    await database.rows(sql`update streams set head = head + 501 where id = ${bob.userId}`);
    expect(await resync({})).toEqual({ workspace: false, user: true });
    expect(await resync({ user: follow.user + 1 })).toEqual({ workspace: false, user: false });
    await database.rows(
      sql`update streams set head = head - 501, floor = head - 501 where id = ${bob.userId}`,
    );
    expect(await resync({ user: follow.user - 1 })).toEqual({ workspace: false, user: true });
    expect(await resync({})).toEqual({ workspace: false, user: false });
    await database.rows(sql`update streams set floor = 0 where id = ${bob.userId}`);
  });

  it('watches a room through its door', async () => {
    const watch = { roomId, epoch: 1, after: 0 };
    const open = await world.room(ann, [], { kind: 'public' });
    const hidden = await world.room(ann, []);
    const ask = (by: Caller, id: string) => ({ userId: by.userId, watch: { ...watch, roomId: id } });
    const asked = [
      ask(bob, hidden),
      ask(bob, roomId),
      ask(bob, open),
      ask(ann, hidden),
      ask(bob, '9'),
      ask(bob, roomId),
    ];
    expect(await readWatches(asked)).toEqual([
      null,
      { head: 2, isMember: true },
      { head: 1, isMember: false },
      { head: 1, isMember: true },
      null,
      { head: 2, isMember: true },
    ]);
  });

  it('reads for many what it reads for each', async () => {
    const [start, early] = [await now(), clock.now()];
    clock.elapse(600_000);
    await send(ann, roomId, 'hello @bob');
    const direct = await world.direct(ann, [bob]);
    await send(bob, direct, 'hello');
    const behind = { ...start, user: 0, workspace: 0, since: early };
    const inputs = [
      { userId: bob.userId, follow: await now() },
      { userId: bob.userId, follow: behind },
      { userId: ann.userId, follow: behind },
      { userId: ann.userId, follow: { ...behind, epoch: 9 } },
      { userId: bob.userId, follow: { ...behind, user: 1 } },
    ];
    const together = await readFollows(inputs);
    const apart: FollowState[] = [];
    for (const input of inputs) apart.push(...(await readFollows([input])));
    // Rooms come in no order.
    const inOrder = (states: readonly FollowState[]): FollowState[] =>
      states.map((state) => ({
        ...state,
        rooms: state.rooms.toSorted((one, other) => Number(one.roomId) - Number(other.roomId)),
        badges: state.badges.toSorted((one, other) => Number(one.roomId) - Number(other.roomId)),
      }));
    expect(inOrder(together)).toEqual(inOrder(apart));
    expect(together.map(({ userEvents }) => userEvents.length > 0)).toEqual([false, true, true, false, true]);
    expect(together[1]?.userEvents).toHaveLength((together[4]?.userEvents.length ?? 0) + 1);
    expect(together.map(({ resync }) => resync.user)).toEqual([false, false, false, true, false]);
    expect(together[1]?.badges.map((badge) => badge.roomId)).toContain(roomId);
    expect(together[2]?.rooms.map((room) => room.roomId)).toContain(direct);
  });
});
