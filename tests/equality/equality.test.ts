/**
 * For every command: whoever is interested has a client that knows what a snapshot and pages said before. The command
 * runs, its events reach them, and then every client must know what a fresh snapshot and fresh pages say, whichever
 * stream came first; and nobody else may have been told anything.
 */
import { calls, type Badge, type CallName } from '@confab/protocol';
import { createBadges } from '@confab/server/delivery/badges';
import { createEventLog } from '@confab/server/delivery/event-log';
import { roomStream, StreamEvent } from '@confab/server/delivery/index';
import { sql } from '@confab/server/kit/sql';
import { readFollows } from '@confab/server/sync/follow';
import { afterAll, describe, expect, it } from 'vitest';
import type { AnyEvent } from '@confab/client/state/reducers';
import type { Case, Told } from './case.ts';
import { cases } from './cases.ts';
import { createStage, names, roomNames, type Name, type Scene } from './scene.ts';
import {
  ask,
  createView,
  differencesBetween,
  fetchWanted,
  glance,
  hear,
  type Known,
  type View,
} from './view.ts';

const stage = await createStage();
afterAll(stage.close);
const { database } = stage;
const badges = createBadges({ clock: stage.clock });
const log = await createEventLog({
  database,
  clock: stage.clock,
  onCommit: () => {},
});

/** Where every stream stands. */
async function heads(): Promise<Map<string, number>> {
  const rows = await database.rows<{ id: string; head: number }>(
    sql`select id, head::int as head from streams`,
  );
  return new Map(rows.map(({ id, head }) => [id, head]));
}

async function eventsSince(before: ReadonlyMap<string, number>): Promise<AnyEvent[]> {
  const rows = await database.rows<Omit<AnyEvent, 'epoch' | 'at'> & { id: string; at: Date }>(sql`
    select s.id, case s.kind when 'workspace' then 'workspace' else s.kind || ':' || s.id end as stream,
      e.seq::int as seq, e.at, e.name, e.data
    from events e join streams s on s.id = e.stream_id order by e.stream_id, e.seq`);
  return rows
    .filter(({ id, seq }) => seq > (before.get(id) ?? 0))
    .map(({ stream, seq, at, name, data }) => ({
      stream,
      epoch: log.epoch,
      seq,
      at: at.getTime(),
      name,
      data,
    }));
}

/** The streams in the words of the scene. */
function toldBy(scene: Scene, events: readonly AnyEvent[], before: ReadonlyMap<string, number>): Told[] {
  const known = new Map<string, Told>([
    ['workspace', 'workspace'],
    ...names.map((name) => [`user:${scene.people[name].userId}`, name] as const),
    ...roomNames.map((name) => [`room:${scene.rooms[name]}`, name] as const),
  ]);
  const streams = new Set(events.map(({ stream }) => stream));
  const told = [...streams].map((stream): Told => {
    const name = known.get(stream);
    if (name) return name;
    expect(before.has(stream.split(':')[1] ?? '')).toBe(false);
    return stream.startsWith('room:') ? 'a new room' : 'a new person';
  });
  return [...new Set(told)];
}

async function askAll(scene: Scene): Promise<Map<Name, Known>> {
  const all = new Map<Name, Known>();
  for (const name of names) all.set(name, await ask(scene, name));
  return all;
}

/** As sent to somebody who comes back. */
async function fullBadges(userId: string, since: number): Promise<Badge[]> {
  const follow = { epoch: log.epoch, workspace: 0, user: 0, since };
  const [state] = await database.read((tx) => readFollows(tx, log, [{ userId, follow }]));
  return state?.badges ?? [];
}

/** As sent once a second to somebody who is there. */
function liveBadges(view: View, userId: string, events: readonly AnyEvent[]): Badge[] {
  return [...view.state.rooms.keys()].flatMap((roomId) => {
    const inRoom = events.filter(({ stream }) => stream === `room:${roomId}`);
    const seen = inRoom.map(
      ({ seq, at, name, data }) =>
        new StreamEvent(roomStream(roomId), { seq, at }, { name, json: JSON.stringify(data) }),
    );
    return seen.length === 0 ? [] : [badges.sum(roomId, seen, userId)];
  });
}

/** The ways in which a command's events can reach somebody. */
const ways = [
  { attention: 'watching', order: 'own first' },
  { attention: 'watching', order: 'rooms first' },
  { attention: 'coming back', order: 'own first' },
  { attention: 'glancing', order: 'own first' },
] as const;

async function play({ tells, prepare, run }: Case): Promise<void> {
  const scene = await stage.scene();
  await prepare?.(scene);
  const known = await askAll(scene);
  const before = await heads();
  const since = stage.clock.now();

  await run(scene);

  const events = await eventsSince(before);
  expect(toldBy(scene, events, before).toSorted()).toEqual([...tells].toSorted());
  const found: string[] = [];
  for (const [name, fresh] of await askAll(scene)) {
    const { userId } = scene.people[name];
    for (const { attention, order } of ways) {
      const view = createView(name, known.get(name) as Known, attention);
      hear(view, userId, events, order);
      if (attention === 'coming back') glance(view, await fullBadges(userId, since), { full: true });
      if (attention === 'glancing') glance(view, liveBadges(view, userId, events), { full: false });
      await fetchWanted(view, scene);
      found.push(...differencesBetween(view, fresh).map((line) => `${name} ${attention}, ${order}: ${line}`));
    }
  }
  expect(found).toEqual([]);
}

const commands = Object.entries(calls).flatMap(([name, { kind }]) =>
  kind === 'command' ? [name as CallName] : [],
);

it('has a case for every command', () => {
  expect(new Set(Object.keys(cases))).toEqual(new Set(commands));
});

describe.each(commands)('%s', (name) => {
  const all = cases[name] ?? {};
  it.each(Object.keys(all))('%s', async (what) => {
    await play(all[what] as Case);
  });
});
