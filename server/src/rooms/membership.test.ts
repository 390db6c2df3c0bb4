import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createSmallWorld, outline } from '../../../tests/support/small-world.ts';
import { roomStream, userStream } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';
import { addToDefaultRooms, defaultRoomIds } from './index.ts';

const world = await createSmallWorld();
afterAll(world.close);
const { handlers, database } = world;

const ann = await world.person('ann');
const bob = await world.person('bob');
const cleo = await world.person('cleo');
const ida = await world.person('ida', 'admin');
beforeEach(() => world.told());

const members = async (roomId: string, by: Caller = ann) =>
  (await handlers['room.members'](by, { roomId })).members.map(({ userId, role }) => `${userId} ${role}`);
const rooms = async (by: Caller) => (await handlers['room.mine'](by, {})).rooms.map(({ room }) => room.id);
const refusedWith = (code: string) => expect.objectContaining({ code });

describe('joining', () => {
  it('counts what was written before as read, and tells both sides', async () => {
    const roomId = await world.room(ann, [], { kind: 'public' });
    await world.send(ann, roomId, 'before @all');
    await world.told();
    const { room } = await handlers['room.join'](bob, { roomId });
    expect(room).toMatchObject({
      room: { memberCount: 2 },
      membership: { role: 'member', readOrdinal: 1 },
      counters: { head: 3, ordinal: 1, mentions: [] },
    });
    const told = await world.told();
    expect(outline(told)).toEqual([`user:${bob.userId} room.added`, `room:${roomId} member.joined`]);
    expect(told[1]).toMatchObject({
      data: { member: { userId: bob.userId, role: 'member' }, memberCount: 2, by: bob.userId },
    });
    expect(await handlers['room.join'](bob, { roomId })).toMatchObject({ room });
    expect(await world.told()).toEqual([]);
  });

  it('refuses private rooms as if there were none, and archived ones', async () => {
    const hidden = await world.room(ann);
    await expect(handlers['room.join'](bob, { roomId: hidden })).rejects.toEqual(refusedWith('not_found'));
    await expect(handlers['room.join'](ida, { roomId: hidden })).rejects.toEqual(refusedWith('not_found'));
    const old = await world.room(ann, [], { kind: 'public' });
    await handlers['room.change'](ann, { roomId: old, archived: true });
    await expect(handlers['room.join'](bob, { roomId: old })).rejects.toEqual(refusedWith('archived'));
  });

  it('makes the first in an empty room its owner', async () => {
    const roomId = await world.room(ann, [], { kind: 'public' });
    await handlers['room.leave'](ann, { roomId });
    expect((await handlers['room.get'](bob, { roomId })).room.memberCount).toBe(0);
    const { room } = await handlers['room.join'](bob, { roomId });
    expect(room.membership.role).toBe('owner');
  });

  it('keeps count when many come and go at once', async () => {
    const roomId = await world.room(ann, [], { kind: 'public' });
    const crowd = await Promise.all(Array.from({ length: 8 }, (_, n) => world.person(`crowd${n}`)));
    await Promise.all(crowd.map((by) => handlers['room.join'](by, { roomId })));
    await Promise.all(crowd.slice(4).map((by) => handlers['room.leave'](by, { roomId })));
    expect((await handlers['room.get'](ann, { roomId })).room.memberCount).toBe(5);
    expect(await members(roomId)).toHaveLength(5);
  });
});

describe('inviting', () => {
  it('puts in who is not in yet, by any member', async () => {
    const roomId = await world.room(ann, [bob]);
    await world.told();
    const { added } = await handlers['room.invite'](bob, { roomId, userIds: [ann.userId, cleo.userId] });
    expect(added).toEqual([cleo.userId]);
    expect(outline(await world.told())).toEqual([
      `user:${cleo.userId} room.added`,
      `room:${roomId} member.joined`,
    ]);
    expect((await handlers['room.invite'](bob, { roomId, userIds: [cleo.userId] })).added).toEqual([]);
    expect(await world.told()).toEqual([]);
  });

  it('is refused to outsiders, into conversations and archives, and for people there are not', async () => {
    const roomId = await world.room(ann, [], { kind: 'public' });
    const userIds = [cleo.userId];
    await expect(handlers['room.invite'](bob, { roomId, userIds })).rejects.toEqual(refusedWith('not_found'));
    await expect(handlers['room.invite'](ann, { roomId, userIds: ['999999999'] })).rejects.toEqual(
      refusedWith('not_found'),
    );
    const direct = await world.direct(ann, [bob]);
    await expect(handlers['room.invite'](ann, { roomId: direct, userIds })).rejects.toEqual(
      refusedWith('forbidden'),
    );
    await handlers['room.change'](ann, { roomId, archived: true });
    await expect(handlers['room.invite'](ann, { roomId, userIds })).rejects.toEqual(refusedWith('archived'));
    expect(await members(roomId)).toHaveLength(1);
  });
});

describe('leaving', () => {
  it('takes along what hung on the membership', async () => {
    const roomId = await world.room(ann, [bob]);
    const { messageId: threadId } = await world.send(bob, roomId, 'root');
    await world.send(ann, roomId, 'reply', { threadId });
    await handlers['draft.set'](bob, { roomId, text: 'unsent' });
    await handlers['draft.set'](bob, { roomId, threadId, text: 'unsent reply' });
    await world.told();
    await handlers['room.leave'](bob, { roomId });
    const told = await world.told();
    expect(outline(told)).toEqual([`user:${bob.userId} room.removed`, `room:${roomId} member.left`]);
    expect(told[1]).toMatchObject({ data: { userId: bob.userId, memberCount: 1, by: bob.userId } });
    const snapshot = await handlers['sync.snapshot'](bob, {});
    expect(snapshot).toMatchObject({ threads: [], drafts: [] });
    expect(snapshot.rooms.map(({ room }) => room.id)).not.toContain(roomId);
    await expect(handlers['room.history'](bob, { roomId })).rejects.toEqual(refusedWith('not_found'));
    await expect(handlers['room.leave'](bob, { roomId })).rejects.toEqual(refusedWith('not_found'));
  });

  it('hands the room of the last owner to whoever has been there longest', async () => {
    const roomId = await world.room(ann, []);
    for (const one of [bob, cleo]) {
      world.clock.elapse(1_000);
      await handlers['room.invite'](ann, { roomId, userIds: [one.userId] });
    }
    await world.told();
    await handlers['room.leave'](ann, { roomId });
    expect(outline(await world.told())).toEqual([
      `user:${ann.userId} room.removed`,
      `user:${bob.userId} membership.changed`,
      `room:${roomId} member.left`,
      `room:${roomId} member.changed`,
    ]);
    expect(await members(roomId, bob)).toEqual([`${bob.userId} owner`, `${cleo.userId} member`]);
  });

  it('passes over those who can no longer sign in', async () => {
    const gone = await world.person('gone');
    const roomId = await world.room(ann, [gone]);
    world.clock.elapse(1_000);
    await handlers['room.invite'](ann, { roomId, userIds: [bob.userId] });
    await database.rows(sql`update users set deactivated_at = now() where id = ${gone.userId}`);
    await handlers['room.leave'](ann, { roomId });
    expect(await members(roomId, bob)).toContain(`${bob.userId} owner`);
  });

  it('always leaves an owner when all owners leave at once', async () => {
    const roomId = await world.room(ann, [bob, cleo]);
    await handlers['room.setMemberRole'](ann, { roomId, userId: bob.userId, role: 'owner' });
    await Promise.all([ann, bob].map((by) => handlers['room.leave'](by, { roomId })));
    expect(await members(roomId, cleo)).toEqual([`${cleo.userId} owner`]);
  });

  it('closes a conversation only until somebody writes', async () => {
    const roomId = await world.direct(ann, [bob]);
    await world.send(ann, roomId, 'one');
    await world.told();
    await handlers['room.leave'](ann, { roomId });
    expect(outline(await world.told())).toEqual([`user:${ann.userId} membership.changed`]);
    const { membership, counters } = await handlers['room.get'](ann, { roomId });
    expect([membership?.closedOrdinal, counters?.ordinal]).toEqual([1, 1]);
    expect(await rooms(ann)).toContain(roomId);
  });
});

describe('taking somebody out', () => {
  it('is for moderators, and those above them only for owners', async () => {
    const roomId = await world.room(ann, [bob, cleo]);
    const take = (by: Caller, userId: string) => handlers['room.removeMember'](by, { roomId, userId });
    await expect(take(bob, cleo.userId)).rejects.toMatchObject({
      code: 'forbidden',
      data: { needs: 'moderator' },
    });
    await handlers['room.setMemberRole'](ann, { roomId, userId: bob.userId, role: 'moderator' });
    await expect(take(bob, ann.userId)).rejects.toMatchObject({
      code: 'forbidden',
      data: { needs: 'owner' },
    });
    await world.told();
    await take(bob, cleo.userId);
    const told = await world.told();
    expect(outline(told)).toEqual([`user:${cleo.userId} room.removed`, `room:${roomId} member.left`]);
    expect(told[0]).toMatchObject({ data: { by: bob.userId } });
    await expect(take(bob, cleo.userId)).rejects.toEqual(refusedWith('not_found'));
  });

  it('is for administrators in public rooms, not in private ones', async () => {
    const open = await world.room(ann, [bob], { kind: 'public' });
    await handlers['room.removeMember'](ida, { roomId: open, userId: bob.userId });
    expect(await members(open)).toEqual([`${ann.userId} owner`]);
    const hidden = await world.room(ann, [bob]);
    const outside = handlers['room.removeMember'](ida, { roomId: hidden, userId: bob.userId });
    await expect(outside).rejects.toEqual(refusedWith('not_found'));
    await handlers['room.invite'](ann, { roomId: hidden, userIds: [ida.userId] });
    const inside = handlers['room.removeMember'](ida, { roomId: hidden, userId: bob.userId });
    await expect(inside).rejects.toEqual(refusedWith('forbidden'));
  });

  it('is for nobody in a conversation', async () => {
    const roomId = await world.direct(ann, [bob]);
    const take = handlers['room.removeMember'](ann, { roomId, userId: bob.userId });
    await expect(take).rejects.toEqual(refusedWith('forbidden'));
  });
});

describe('giving roles', () => {
  it('tells the room and the person, once', async () => {
    const roomId = await world.room(ann, [bob]);
    await world.told();
    const give = () => handlers['room.setMemberRole'](ann, { roomId, userId: bob.userId, role: 'moderator' });
    await give();
    const told = await world.told();
    expect(outline(told)).toEqual([`user:${bob.userId} membership.changed`, `room:${roomId} member.changed`]);
    expect(told[0]).toMatchObject({ data: { roomId, membership: { role: 'moderator' } } });
    await give();
    expect(await world.told()).toEqual([]);
  });

  it('is for owners, and leaves one', async () => {
    const roomId = await world.room(ann, [bob]);
    const give = (by: Caller, userId: string, role: 'owner' | 'member') =>
      handlers['room.setMemberRole'](by, { roomId, userId, role });
    await expect(give(bob, bob.userId, 'owner')).rejects.toEqual(refusedWith('forbidden'));
    await expect(give(cleo, bob.userId, 'owner')).rejects.toEqual(refusedWith('not_found'));
    await expect(give(ann, ann.userId, 'member')).rejects.toMatchObject({ data: { needs: 'another owner' } });
    await expect(give(ann, cleo.userId, 'owner')).rejects.toEqual(refusedWith('not_found'));
    await give(ann, bob.userId, 'owner');
    await give(ann, ann.userId, 'member');
    expect(await members(roomId, bob)).toEqual([`${ann.userId} member`, `${bob.userId} owner`]);
  });

  it('lets two owners step down at once only in turn', async () => {
    const roomId = await world.room(ann, [bob]);
    await handlers['room.setMemberRole'](ann, { roomId, userId: bob.userId, role: 'owner' });
    const down = await Promise.allSettled(
      [ann, bob].map((by) =>
        handlers['room.setMemberRole'](by, { roomId, userId: by.userId, role: 'member' }),
      ),
    );
    expect(down.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('how somebody has a room', () => {
  it('changes what is named, tells only them, and only news', async () => {
    const roomId = await world.room(ann, [bob]);
    await world.told();
    const { membership } = await handlers['room.setPreferences'](bob, {
      roomId,
      starred: true,
      level: 'everything',
    });
    expect(membership).toMatchObject({ starred: true, muted: false, level: 'everything', role: 'member' });
    expect(await world.told()).toMatchObject([
      { stream: `user:${bob.userId}`, name: 'membership.changed', data: { roomId, membership } },
    ]);
    await handlers['room.setPreferences'](bob, { roomId, starred: true });
    expect(await world.told()).toEqual([]);
    const outside = handlers['room.setPreferences'](cleo, { roomId, starred: true });
    await expect(outside).rejects.toEqual(refusedWith('not_found'));
  });
});

describe('default rooms', () => {
  it('take in newcomers, as long as they are for everyone', async () => {
    const [open, later, private_] = [
      await world.room(ann, [], { kind: 'public' }),
      await world.room(ann, [], { kind: 'public' }),
      await world.room(ann),
    ];
    for (const roomId of [open, later]) await handlers['room.change'](ida, { roomId, isDefault: true });
    const roomIds = await defaultRoomIds(database);
    expect(roomIds).toEqual([open, later]);
    await handlers['room.change'](ann, { roomId: later, archived: true });
    const dora = await world.person('dora');
    await world.told();
    const streams = [...roomIds, private_].map(roomStream);
    await world.log.write([...streams, userStream(dora.userId)], (tx, log) =>
      addToDefaultRooms(tx, log, { userId: dora.userId, roomIds: [...roomIds, private_] }),
    );
    expect(outline(await world.told())).toEqual([
      `room:${open} member.joined`,
      `user:${dora.userId} room.added`,
    ]);
    expect(await rooms(dora)).toEqual([open]);
  });
});
