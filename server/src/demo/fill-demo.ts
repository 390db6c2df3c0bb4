/** Fills an empty workspace with the demo: people, rooms, months of history, what was said lately. */
import type { Caller, Visitor } from '../kit/caller.ts';
import type { Handlers } from '../kit/handlers.ts';
import type { Random } from '../platform/random/index.ts';
import { demoConversations, demoRemarks, type DemoConversation } from './conversations.ts';
import { demoDomain, demoPassword, demoPeople, demoRooms, demoWorkspace, type DemoPerson } from './people.ts';

const dayMs = 24 * 3_600_000;
const hourMs = 3_600_000;
/** How far the demo's memory goes back. */
const historyDays = 100;

/** The demo's world: handlers whose clock stands wherever the story is. */
export interface DemoWorld {
  readonly handlers: Handlers;
  readonly random: Random;
  /** Sets the time at which what follows happens. */
  moveTo(at: number): void;
  readonly now: number;
}

export interface Demo {
  /** By handle. */
  readonly callers: ReadonlyMap<string, Caller>;
  /** Room name → id. */
  readonly rooms: ReadonlyMap<string, string>;
}

export async function fillDemo(world: DemoWorld): Promise<Demo> {
  const start = world.now - historyDays * dayMs;
  world.moveTo(start);
  const callers = await makePeople(world);
  const rooms = await makeRooms(world, callers);
  const demo: Demo = { callers, rooms };
  await tellHistory(world, demo, { from: start + dayMs, until: world.now - 9 * dayMs });
  await tellConversations(world, demo);
  world.moveTo(world.now);
  await settle(world, demo);
  return demo;
}

const visitor: Visitor = { address: '127.0.0.1', userAgent: 'demo', startSession() {}, endSession() {} };

function callerFor(person: DemoPerson, userId: string): Caller {
  const scopes = ['read', 'write', 'admin'] as const;
  return {
    ...visitor,
    userId,
    role: person.role,
    scopes,
    sessionId: null,
    tokenId: null,
    connectionId: null,
  };
}

async function makePeople({ handlers }: DemoWorld): Promise<Map<string, Caller>> {
  const callers = new Map<string, Caller>();
  const [first, ...others] = demoPeople;
  if (!first) return callers;
  const { user } = await handlers['workspace.setUp'](visitor, {
    workspaceName: demoWorkspace,
    name: first.name,
    handle: first.handle,
    email: `${first.handle}@${demoDomain}`,
    password: demoPassword,
  });
  const owner = callerFor(first, user.id);
  callers.set(first.handle, owner);
  for (const person of others) {
    const made = await handlers['user.create'](owner, {
      email: `${person.handle}@${demoDomain}`,
      name: person.name,
      handle: person.handle,
      role: person.role,
      password: demoPassword,
    });
    callers.set(person.handle, callerFor(person, made.user.id));
  }
  for (const person of demoPeople) {
    const caller = callers.get(person.handle);
    if (caller)
      await handlers['user.changeProfile'](caller, { title: person.title, timeZone: person.timeZone });
  }
  return callers;
}

async function makeRooms(
  { handlers }: DemoWorld,
  callers: Map<string, Caller>,
): Promise<Map<string, string>> {
  const rooms = new Map<string, string>();
  const owner = callers.get(demoPeople[0]?.handle ?? '');
  if (!owner) return rooms;
  const idsOf = (handles: readonly string[]) =>
    handles.flatMap((handle) => callers.get(handle)?.userId ?? []);
  // Set-up has made the first rooms already; they are the owner's.
  const { rooms: first } = await handlers['room.browse'](owner, { limit: 100 });
  for (const { room } of first) rooms.set(room.name, room.id);
  for (const { name, kind, topic, posting, isDefault, people, moderators } of demoRooms) {
    const present = rooms.get(name);
    const creator = (present ? undefined : callers.get(people[0] ?? '')) ?? owner;
    const roomId =
      present ??
      (await handlers['room.create'](creator, { clientId: `demo-room-${name}`, kind, name, topic, posting }))
        .room.room.id;
    rooms.set(name, roomId);
    if (present) await handlers['room.change'](owner, { roomId, topic });
    await handlers['room.invite'](creator, { roomId, userIds: idsOf(people) });
    for (const userId of idsOf(moderators)) {
      await handlers['room.setMemberRole'](creator, { roomId, userId, role: 'moderator' });
    }
    if (isDefault) await handlers['room.change'](owner, { roomId, isDefault });
  }
  return rooms;
}

/** Weekday small talk, spread over working hours. */
async function tellHistory(
  world: DemoWorld,
  demo: Demo,
  span: { from: number; until: number },
): Promise<void> {
  const { random } = world;
  for (let day = span.from; day < span.until; day += dayMs) {
    const weekend = [0, 6].includes(new Date(day).getUTCDay());
    const said: { at: number; room: string; text: string; handle: string }[] = [];
    for (const [room, remarks] of Object.entries(demoRemarks)) {
      const count = Math.floor(random.fraction() * (weekend ? 1.2 : 3.4));
      for (let index = 0; index < count; index += 1) {
        const text = pick(random, remarks);
        said.push({
          at: day + hourMs * (7 + random.fraction() * 10),
          room,
          text,
          handle: pick(random, peopleOf(room)),
        });
      }
    }
    for (const { at, room, text, handle } of said.sort((a, b) => a.at - b.at)) {
      world.moveTo(at);
      await say(world, demo, { room, handle, text });
    }
  }
}

async function tellConversations(world: DemoWorld, demo: Demo): Promise<void> {
  const days = 8;
  const parts = demoConversations.flatMap((entry) => split(entry));
  const step = (days * dayMs - 2 * hourMs) / parts.length;
  for (const [index, part] of parts.entries()) {
    await tell(world, demo, { conversation: part, startsAt: world.now - days * dayMs + index * step });
  }
}

/** A long conversation happens in several sittings. */
function split({ room, lines }: DemoConversation): DemoConversation[] {
  const parts: DemoConversation[] = [];
  let part: string[] = [];
  for (const line of lines) {
    const opens = !line.startsWith('>') && !line.startsWith('+');
    if (opens && part.length >= 5) {
      parts.push({ room, lines: part });
      part = [];
    }
    part.push(line);
  }
  parts.push({ room, lines: part });
  return parts;
}

async function tell(
  world: DemoWorld,
  demo: Demo,
  told: { conversation: DemoConversation; startsAt: number },
): Promise<void> {
  const { room, lines } = told.conversation;
  let at = told.startsAt;
  let rootId: string | null = null;
  let lastId: string | null = null;
  for (const line of lines) {
    at += 20_000 + world.random.fraction() * 120_000;
    world.moveTo(at);
    if (line.startsWith('+ ')) {
      const [emoji = '', ...handles] = line.slice(2).split(' ');
      if (lastId) await react(world, demo, { messageId: lastId, emoji, handles });
      continue;
    }
    const isReply = line.startsWith('> ');
    const [handle, text] = splitOnce(isReply ? line.slice(2) : line);
    lastId = await say(world, demo, { room, handle, text, threadId: isReply ? rootId : null });
    if (!isReply) rootId = lastId;
  }
}

function splitOnce(line: string): [string, string] {
  const colon = line.indexOf(': ');
  return [line.slice(0, colon), line.slice(colon + 2)];
}

async function say(
  world: DemoWorld,
  demo: Demo,
  words: { room: string; handle: string; text: string; threadId?: string | null },
): Promise<string | null> {
  const caller = demo.callers.get(words.handle);
  const roomId = demo.rooms.get(words.room);
  if (!caller || !roomId) throw new Error(`the demo knows no ${words.handle} in #${words.room}`);
  const sent = await world.handlers['message.send'](caller, {
    roomId,
    clientId: world.random.id(),
    text: words.text,
    threadId: words.threadId ?? null,
  });
  return sent.messageId;
}

async function react(
  { handlers }: DemoWorld,
  demo: Demo,
  reaction: { messageId: string; emoji: string; handles: readonly string[] },
): Promise<void> {
  const { messageId, emoji, handles } = reaction;
  for (const handle of handles) {
    const caller = demo.callers.get(handle);
    if (caller) await handlers['reaction.add'](caller, { messageId, emoji });
  }
}

/** How things stand today: statuses, stars, a pin, a draft, most rooms read. */
async function settle({ handlers }: DemoWorld, demo: Demo): Promise<void> {
  for (const person of demoPeople) {
    const caller = demo.callers.get(person.handle);
    if (caller && person.status)
      await handlers['user.setStatus'](caller, { status: { ...person.status, until: null } });
    if (caller && person.handle !== 'ada') await handlers['read.all'](caller, {});
  }
  const ada = demo.callers.get('ada');
  if (!ada) return;
  await talkPrivately(handlers, demo, ada);
  const unread = new Set(['e-bike', 'rides', 'random']);
  for (const { room, counters } of (await handlers['room.mine'](ada, {})).rooms) {
    if (!unread.has(room.name) && room.kind !== 'direct') {
      await handlers['read.upTo'](ada, { roomId: room.id, ordinal: counters.ordinal });
    }
    if (room.name === 'launch')
      await handlers['room.setPreferences'](ada, { roomId: room.id, starred: true });
    if (room.name === 'random') await handlers['room.setPreferences'](ada, { roomId: room.id, muted: true });
  }
  const announcements = demo.rooms.get('announcements');
  if (!announcements) return;
  const { messages } = await handlers['room.history'](ada, { roomId: announcements, limit: 10 });
  const news = messages[0];
  if (news) {
    await handlers['message.pin'](ada, { messageId: news.id });
    await handlers['message.save'](ada, { messageId: news.id });
  }
  const general = demo.rooms.get('general');
  if (general)
    await handlers['draft.set'](ada, { roomId: general, text: 'For Thursday I would like to talk about ' });
}

async function talkPrivately(handlers: Handlers, demo: Demo, ada: Caller): Promise<void> {
  const talks: readonly [string, readonly string[]][] = [
    [
      'jonas',
      ['The insurance wants a photo of the new hood. Shall I?', 'Done already, sent it this morning.'],
    ],
    ['mei', ['Do you have ten minutes for the green today?', 'I found a supplier who can do it matt.']],
    ['finn', ['Tell Tomás the rack has stopped singing.']],
  ];
  for (const [handle, texts] of talks) {
    const other = demo.callers.get(handle);
    if (!other) continue;
    const { room } = await handlers['room.openDirect'](other, { userIds: [ada.userId] });
    for (const [index, text] of texts.entries()) {
      await handlers['message.send'](other, {
        roomId: room.room.id,
        clientId: `demo-direct-${handle}-${index}`,
        text,
      });
    }
    if (handle === 'jonas') await handlers['read.upTo'](ada, { roomId: room.room.id, ordinal: texts.length });
  }
  const group = ['lena', 'mei'].flatMap((handle) => demo.callers.get(handle)?.userId ?? []);
  const { room } = await handlers['room.openDirect'](ada, { userIds: group });
  const text = 'Can we choose the launch photo together this afternoon?';
  await handlers['message.send'](ada, { roomId: room.room.id, clientId: 'demo-direct-group', text });
}

function peopleOf(room: string): readonly string[] {
  return demoRooms.find(({ name }) => name === room)?.people ?? [];
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random.fraction() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
