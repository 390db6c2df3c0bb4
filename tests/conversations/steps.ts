/** The sentences a script may use. The first that fits a line is taken; a line that fits none is an error. */
import { expect } from 'vitest';
import { Refused } from '@confab/client/refused';
import type { Device } from './device.ts';
import { shownMessages, shownReplies, type World } from './world.ts';
import { seedRoom } from '../support/seed.ts';

export type Step = (world: World, found: Record<string, string>) => Promise<void>;

const who = "(?<who>[A-Z][a-z]+(?:'s [a-z]+)?)";
const whom = '(?<whom>[A-Z][a-z]+)';
const room = '(?<room>#[\\w-]+|the direct room)';
const quoted = (name: string): string => `"(?<${name}>[^"]*)"`;

export function step(sentence: string, run: Step): readonly [RegExp, Step] {
  return [new RegExp(`^${sentence}$`), run];
}

export const steps: readonly (readonly [RegExp, Step])[] = [
  step('(?<people>[A-Z][\\w, ]+?) (?:is|are) in the workspace', async (world, { people = '' }) => {
    for (const name of namesOf(people)) await world.device(name);
  }),
  step(`(?<people>[A-Z][\\w, ]+?) are in (?<kind>the private room )?${room}`, async (world, found) => {
    await gather(world, found['room'] ?? '', {
      people: namesOf(found['people'] ?? ''),
      isPrivate: found['kind'] !== undefined,
    });
  }),
  step(`${who} and ${whom} talk directly`, async (world, { who = '', whom = '' }) => {
    const [mine, other] = [await world.device(who), await world.person(whom)];
    await world.device(whom);
    const { room } = await mine.client.call('room.openDirect', { userIds: [other.userId] });
    world.rooms.set('the direct room', room.room.id);
    for (const name of [who, whom]) await openRoom(world, name, 'the direct room');
  }),

  step(`${who} says ${quoted('text')}`, (world, found) => say(world, found, {})),
  step(`${who} writes ${quoted('text')}`, async (world, { who = '', text = '' }) => {
    const { client } = await world.device(who);
    void client
      .send(lastRoom(world), { text })
      .result()
      .catch(() => {});
  }),
  step(`${who} replies ${quoted('text')} to ${quoted('root')}`, async (world, found) =>
    say(world, found, { threadId: await idOf(world, found['who'] ?? '', found['root'] ?? '') }),
  ),
  step(`${who} replies to the room ${quoted('text')} to ${quoted('root')}`, async (world, found) =>
    say(world, found, {
      threadId: await idOf(world, found['who'] ?? '', found['root'] ?? ''),
      alsoInRoom: true,
    }),
  ),
  step(
    `${who} edits ${quoted('text')} to ${quoted('next')}`,
    async (world, { who = '', text = '', next = '' }) => {
      const message = await shown(world, who, text);
      const { client } = await world.device(who);
      await client.call('message.edit', { messageId: message.id, text: next, version: message.version });
    },
  ),
  step(`${who} deletes ${quoted('text')}`, async (world, { who = '', text = '' }) => {
    const { client } = await world.device(who);
    await client.call('message.delete', { messageId: await idOf(world, who, text) });
  }),
  step(`${who} reacts (?<emoji>\\S+) to ${quoted('text')}`, (world, found) =>
    react(world, found, { on: true }),
  ),
  step(`${who} takes (?<emoji>\\S+) back from ${quoted('text')}`, (world, found) =>
    react(world, found, { on: false }),
  ),

  step(`${who} schedules ${quoted('text')}`, async (world, { who = '', text = '' }) => {
    const { client } = await world.device(who);
    // Far enough ahead to be seen waiting.
    const input = {
      roomId: lastRoom(world),
      clientId: crypto.randomUUID(),
      text,
      sendAt: Date.now() + 1_500,
    };
    await client.reached((await client.call('message.schedule', input)).position);
  }),
  step(
    `${who} has (?<count>\\d+|no) scheduled(?: that failed: (?<code>\\w+))?`,
    async (world, { who = '', count = '', code }) => {
      const { client } = await world.device(who);
      await world.until(`${who} has ${count} scheduled`, () => {
        const all = [...client.state.scheduled.values()];
        const found = all.filter(({ failure }) => failure?.code === code);
        return found.length === number(count) ? null : JSON.stringify(all);
      });
    },
  ),
  step(`${who} wants to be reminded of ${quoted('note')}`, async (world, { who = '', note = '' }) => {
    const { client } = await world.device(who);
    const input = { clientId: crypto.randomUUID(), note, remindAt: Date.now() + 1_500 };
    await client.reached((await client.call('reminder.create', input)).position);
  }),
  step(`${who} completes the reminder of ${quoted('note')}`, async (world, { who = '', note = '' }) => {
    const { client } = await world.device(who);
    const found = [...client.state.reminders.values()].find((one) => one.note === note);
    await client.call('reminder.complete', { reminderId: found?.id ?? '' });
  }),
  step(
    `${who} has (?<count>\\d+|no) reminders?(?<due> due)?`,
    async (world, { who = '', count = '', due }) => {
      const { client } = await world.device(who);
      await world.until(`${who} has ${count} reminders${due ?? ''}`, () => {
        const all = [...client.state.reminders.values()];
        const found = all.filter(({ dueAt }) => due === undefined || dueAt !== null);
        return found.length === number(count) ? null : JSON.stringify(all);
      });
    },
  ),
  step(`${who} makes a section ${quoted('name')}`, async (world, { who = '', name = '' }) => {
    const { client } = await world.device(who);
    const made = await client.call('section.create', { clientId: crypto.randomUUID(), name });
    await client.reached(made.position);
  }),
  step(
    `${who} puts ${room} into ${quoted('section')}`,
    async (world, { who = '', room = '', section = '' }) => {
      const { client } = await world.device(who);
      const found = [...client.state.sections.values()].find(({ name }) => name === section);
      const placed = { sectionId: found?.id ?? section, roomId: roomId(world, room) };
      await client.reached((await client.call('section.placeRoom', placed)).position);
    },
  ),
  step(`${who} removes the section ${quoted('section')}`, async (world, { who = '', section = '' }) => {
    const { client } = await world.device(who);
    const found = [...client.state.sections.values()].find(({ name }) => name === section);
    await client.call('section.delete', { sectionId: found?.id ?? '' });
  }),
  step(
    `${who} has the sections(?<names>(?: "[^"]*")+)(?: with ${room} in ${quoted('section')})?`,
    async (world, { who = '', names = '', room, section }) => {
      const { client } = await world.device(who);
      const wanted = [...names.matchAll(/"([^"]*)"/g)].map((match) => match[1]);
      await world.until(`${who} has the sections${names}`, () => {
        const all = [...client.state.sections.values()];
        const inside = all.find(({ name }) => name === section)?.roomIds ?? [];
        const isPlaced = room === undefined || inside.includes(roomId(world, room));
        const found = all.map(({ id, name }) => name || id);
        return found.join() === wanted.join() && isPlaced ? null : JSON.stringify(all);
      });
    },
  ),
  step(`${who} loses the network`, async (world, { who = '' }) => (await world.device(who)).loseNetwork()),
  step(`${who} comes back`, async (world, { who = '' }) => (await world.device(who)).comeBack()),
  step(`${who} reloads`, async (world, { who = '' }) => {
    await (await world.device(who)).reload();
    void openRoom(world, who, lastRoomName(world)).catch(() => {});
  }),
  step('every node restarts', (world) => world.cluster.restartAll()),

  step(`${who} reads ${room}`, async (world, { who = '', room = '' }) => {
    (await world.device(who)).client.markRead(roomId(world, room));
  }),
  step(
    `${who} keeps ${room} unread from ${quoted('text')}`,
    async (world, { who = '', room = '', text = '' }) => {
      const message = await shown(world, who, text);
      await (await world.device(who)).client.markUnread(roomId(world, room), message.ordinal ?? 1);
    },
  ),
  step(`${who} joins ${room}`, async (world, { who = '', room = '' }) => {
    await (await world.device(who)).client.call('room.join', { roomId: roomId(world, room) });
    await openRoom(world, who, room);
  }),
  step(`${who} leaves ${room}`, async (world, { who = '', room = '' }) => {
    await (await world.device(who)).client.call('room.leave', { roomId: roomId(world, room) });
  }),
  step(`${who} removes ${whom} from ${room}`, async (world, { who = '', whom = '', room = '' }) => {
    const { userId } = await world.person(whom);
    await (await world.device(who)).client.call('room.removeMember', { roomId: roomId(world, room), userId });
  }),
  step(`${who} invites ${whom} to ${room}`, async (world, { who = '', whom = '', room = '' }) => {
    const { userId } = await world.person(whom);
    await (
      await world.device(who)
    ).client.call('room.invite', { roomId: roomId(world, room), userIds: [userId] });
    await openRoom(world, whom, room);
  }),
  step(`${who} lets only moderators post in ${room}`, async (world, { who = '', room = '' }) => {
    await (
      await world.device(who)
    ).client.call('room.change', { roomId: roomId(world, room), posting: 'moderators' });
  }),
  step(`${who} archives ${room}`, async (world, { who = '', room = '' }) => {
    await (
      await world.device(who)
    ).client.call('room.change', { roomId: roomId(world, room), archived: true });
  }),

  step(`${who} sees(?<texts>(?: "[^"]*"| \\(deleted\\))+)`, async (world, { who = '', texts = '' }) => {
    const device = await world.device(who);
    await sees(world, `${who} sees`, { texts, found: () => shownMessages(device, lastRoom(world)) });
  }),
  step(
    `${who} sees in the thread of ${quoted('root')}(?<texts>(?: "[^"]*")+)`,
    async (world, { who = '', root = '', texts = '' }) => {
      const device = await world.device(who);
      const place = { roomId: lastRoom(world), threadId: await idOf(world, who, root) };
      await device.client.openThread(place.roomId, place.threadId);
      await sees(world, `${who} sees in the thread`, { texts, found: () => shownReplies(device, place) });
    },
  ),
  step(
    `${who} sees (?<emoji>\\S+) from ${whom} on ${quoted('text')}`,
    async (world, { who = '', emoji = '', whom = '', text = '' }) => {
      const { userId } = await world.person(whom);
      await reactionsAre(world, { who, text }, [{ emoji, userIds: [userId] }]);
    },
  ),
  step(`${who} sees no reactions on ${quoted('text')}`, (world, { who = '', text = '' }) =>
    reactionsAre(world, { who, text }, []),
  ),

  step(`${who} has (?<count>\\d+|no) unread in ${room}`, (world, found) => counts(world, found, 'unread')),
  step(`${who} has (?<count>\\d+|no) mentions? in ${room}`, (world, found) =>
    counts(world, found, 'mentions'),
  ),
  step(
    `${who} has (?<count>\\d+|no) unread in the thread of ${quoted('root')}`,
    async (world, { who = '', count = '', root = '' }) => {
      const device = await world.device(who);
      const threadId = await idOf(world, who, root);
      await world.until(`${who} has ${count} unread in the thread`, () => {
        const thread = device.client.state.threads.get(threadId);
        const unread = thread ? thread.ordinal - thread.readOrdinal : 0;
        return unread === number(count) ? null : `it is ${unread}`;
      });
    },
  ),

  step(
    `${who} may not say ${quoted('text')} in ${room}: (?<code>\\w+)`,
    async (world, { who = '', text = '', room = '', code = '' }) => {
      const { client } = await world.device(who);
      await refused(
        code,
        client.call('message.send', { roomId: roomId(world, room), clientId: `refused-${Date.now()}`, text }),
      );
    },
  ),
  step(
    `${who} may not edit ${quoted('text')}: (?<code>\\w+)`,
    async (world, { who = '', text = '', code = '' }) => {
      const message = await shown(world, who, text);
      const { client } = await world.device(who);
      await refused(
        code,
        client.call('message.edit', { messageId: message.id, text: 'mine now', version: message.version }),
      );
    },
  ),
  step(`${who} may not read ${room}: (?<code>\\w+)`, async (world, { who = '', room = '', code = '' }) => {
    const { client } = await world.device(who);
    await refused(code, client.call('room.history', { roomId: roomId(world, room) }));
    expect(client.state.rooms.has(roomId(world, room)), `${room} is still listed`).toBe(false);
  }),
];

function namesOf(people: string): string[] {
  return people.split(/, | and /);
}

function number(count: string): number {
  return count === 'no' ? 0 : Number(count);
}

function lastRoomName(world: World): string {
  return [...world.rooms.keys()].at(-1) ?? '';
}

function lastRoom(world: World): string {
  return roomId(world, lastRoomName(world));
}

function roomId(world: World, name: string): string {
  const id = world.rooms.get(name);
  if (id === undefined) throw new Error(`${name} has not been spoken of`);
  return id;
}

async function gather(
  world: World,
  name: string,
  options: { people: string[]; isPrivate: boolean },
): Promise<void> {
  const { people, isPrivate } = options;
  const members = [];
  for (const one of people) members.push(await world.person(one));
  const id = await seedRoom(world.cluster.database, members, {
    name: name.slice(1),
    kind: isPrivate ? 'private' : 'public',
  });
  world.rooms.set(name, id);
  for (const one of people) await openRoom(world, one, name);
}

async function openRoom(world: World, name: string, room: string): Promise<void> {
  const { client } = await world.device(name);
  const id = roomId(world, room);
  await world.until(`${name} has ${room}`, () => (client.state.rooms.has(id) ? null : 'it is not listed'));
  await client.openRoom(id);
}

async function say(
  world: World,
  found: Record<string, string>,
  more: { threadId?: string; alsoInRoom?: boolean },
): Promise<void> {
  const { client } = await world.device(found['who'] ?? '');
  await client.send(lastRoom(world), { text: found['text'] ?? '', ...more }).result();
}

/** A message by its text, once the device shows it. */
async function shown(world: World, name: string, text: string) {
  const device = await world.device(name);
  const id = lastRoom(world);
  const find = () => shownMessages(device, id).find((message) => message.text === text);
  await world.until(`${name} sees "${text}"`, () => (find() ? null : 'it is not there'));
  const message = find();
  if (!message) throw new Error(`"${text}" has gone`);
  return message;
}

async function idOf(world: World, name: string, text: string): Promise<string> {
  return (await shown(world, name, text)).id;
}

async function sees(
  world: World,
  what: string,
  expected: { texts: string; found: () => { text: string; deletedAt: number | null }[] },
): Promise<void> {
  const wanted = [...expected.texts.matchAll(/"([^"]*)"|(\(deleted\))/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  const words = (): string[] =>
    expected.found().map(({ text, deletedAt }) => (deletedAt === null ? text : '(deleted)'));
  await world.until(what, () => {
    const found = words();
    return JSON.stringify(found) === JSON.stringify(wanted)
      ? null
      : `expected ${wanted.join(' | ')} but it is ${found.join(' | ')}`;
  });
}

async function react(
  world: World,
  { who = '', emoji = '', text = '' }: Record<string, string>,
  options: { on: boolean },
): Promise<void> {
  const { client } = await world.device(who);
  await client.react(await idOf(world, who, text), emoji, options);
}

async function reactionsAre(
  world: World,
  place: { who: string; text: string },
  wanted: object[],
): Promise<void> {
  const device: Device = await world.device(place.who);
  const { id } = await shown(world, place.who, place.text);
  await world.until(`reactions on "${place.text}"`, () => {
    const found = shownMessages(device, lastRoom(world)).find((message) => message.id === id)?.reactions;
    return JSON.stringify(found) === JSON.stringify(wanted) ? null : `they are ${JSON.stringify(found)}`;
  });
}

async function counts(
  world: World,
  found: Record<string, string>,
  what: 'unread' | 'mentions',
): Promise<void> {
  const { who = '', count = '', room = '' } = found;
  const { client } = await world.device(who);
  await world.until(`${who} has ${count} ${what} in ${room}`, () => {
    const mine = client.state.rooms.get(roomId(world, room));
    if (!mine) return 'the room is not listed';
    const value =
      what === 'unread' ? mine.counters.ordinal - mine.membership.readOrdinal : mine.counters.mentions.length;
    return value === number(count) ? null : `it is ${value}`;
  });
}

async function refused(code: string, asked: Promise<unknown>): Promise<void> {
  const outcome = await asked.then(
    () => 'was allowed',
    (error: unknown) => (error instanceof Refused ? error.code : error),
  );
  expect(outcome).toBe(code);
}
