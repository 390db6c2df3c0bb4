import type { Badge, ServerFrame } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { StreamEvent, roomStream, userStream, type Frame } from '../delivery/index.ts';
import { createBadges } from '../delivery/badges.ts';
import { createFeeds } from '../delivery/feeds.ts';
import { createMemoryBus } from '../platform/bus/index.ts';
import { createManualClock } from '../platform/clock/index.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import { createSeededRandom } from '../platform/random/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import type { FollowState } from '../sync/index.ts';
import { createAdmission } from './admission.ts';
import type { Connection } from './connection.ts';
import type { ConnectionDeps } from './connection-deps.ts';
import { createFollowing } from './following.ts';

const roomId = '7';
const member = '1';

const event = (stream: StreamEvent['stream'], seq: number, name: string, data: object): StreamEvent =>
  new StreamEvent(stream, { seq, at: 0 }, { name, json: JSON.stringify(data) });
const topic = (seq: number): StreamEvent =>
  event(roomStream(roomId), seq, 'room.changed', { room: { id: roomId, kind: 'public', memberCount: 2 } });

/** One connection on a node whose feeds and badges are real; `readFollows` answers what `state` says by then. */
function openWorld() {
  const clock = createManualClock();
  const log = createMemoryLog();
  const empty = async () => [];
  const database: Database = {
    rows: empty,
    read: (work) => work({ rows: empty }),
    write: (work) => work({ rows: empty }),
    close: async () => {},
  };
  const badges = createBadges({ clock });
  const feeds = createFeeds({
    database,
    log: { epoch: 1, read: empty, write: () => Promise.reject(new Error('not here')) },
    bus: createMemoryBus({ log }),
    clock,
    logbook: log,
    onEvent: (seen) => seen.stream.kind === 'room' && badges.see(seen),
    wanted: (stream) => badges.wanted(stream.id),
    nodeId: 'a',
  });
  const frames: ServerFrame[] = [];
  const connection = {
    userId: member,
    full: false,
    drained: async () => {},
    isMember: () => true,
    watches: () => false,
    send: (frame: Frame) => frames.push(...frame.texts.map((text) => JSON.parse(text) as ServerFrame)),
    sendBadges: (rooms: Badge[]) => frames.push({ t: 'badges', full: false, at: 0, rooms }),
  } as unknown as Connection;
  const none = { workspaceEvents: [], userEvents: [], badges: [], resync: { workspace: false, user: false } };
  const state: { rooms: FollowState['rooms'] } = { rooms: [{ roomId, head: 3 }] };
  let duringRead = (): void => {};
  const deps = {
    ...{ feeds, badges, clock, epoch: 1, database, log },
    admission: createAdmission({
      clock,
      random: createSeededRandom(1),
      identify: () => Promise.resolve([]),
      readWatches: () => Promise.resolve([]),
      async readFollows() {
        duringRead();
        return [{ ...none, heads: { workspace: 0, user: 0 }, rooms: state.rooms }];
      },
    }),
  } as unknown as ConnectionDeps;
  const following = createFollowing(deps, connection, {
    userId: member,
    sendFrame: (frame) => frames.push(frame),
    endedSessions: () => {},
    roleChanged: () => {},
  });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    ...{ feeds, frames, following, state, turn, clock },
    meanwhile: (work: () => void) => (duringRead = work),
    heads: () =>
      frames.flatMap((frame) =>
        frame.t === 'badges' && !frame.full ? frame.rooms.map(({ head }) => head) : [],
      ),
  };
}

const follow = { epoch: 1, workspace: 0, user: 0, since: 0 };

describe('badges of a room that begins to be followed', () => {
  it('tells what the node saw after the snapshot and before it began to listen', async () => {
    const world = openWorld();
    world.feeds.open(roomStream(roomId)).settle(3);
    world.meanwhile(() => world.feeds.committed([topic(4)]));
    world.following.follow(follow);
    await world.turn();
    expect(world.heads()).toEqual([4]);
    expect(world.frames.at(-1)).toMatchObject({ rooms: [{ room: { id: roomId }, memberCount: 2 }] });
  });

  it('tells what the node saw before the event that adds the room', async () => {
    const world = openWorld();
    world.state.rooms = [];
    world.feeds.open(roomStream(roomId)).settle(3);
    world.following.follow(follow);
    await world.turn();
    world.feeds.committed([topic(4)]);
    const room = { room: { id: roomId }, counters: { head: 3 } };
    world.feeds.committed([event(userStream(member), 1, 'room.added', { room, by: member })]);
    await world.turn();
    expect(world.heads()).toEqual([4]);
    expect(world.frames.findIndex(({ t }) => t === 'event')).toBeLessThan(
      world.frames.findLastIndex(({ t }) => t === 'badges'),
    );
  });
});
