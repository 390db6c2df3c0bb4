/** Fills an empty workspace with the demo: people, rooms, months of history, what was said lately. */
import type { Caller } from '../kit/caller.ts';
import { callerFor, visitor } from './callers.ts';
import { demoDomain, demoPassword, demoPeople, demoRooms, demoWorkspace } from './people.ts';
import { historyDays, planStory } from './plan-story.ts';
import { tellStory, type Demo, type DemoWorld } from './tell-story.ts';

const dayMs = 24 * 3_600_000;

export async function fillDemo(world: DemoWorld): Promise<Demo> {
  const start = world.now - historyDays * dayMs;
  world.moveTo(start);
  const callers = await makePeople(world);
  const rooms = await makeRooms(world, callers);
  const demo: Demo = { callers, rooms };
  await tellStory(world, demo, planStory(world.now));
  world.moveTo(world.now);
  await settle(world, demo);
  return demo;
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
  const owner = callerFor(user.id, first.role);
  callers.set(first.handle, owner);
  for (const person of others) {
    const made = await handlers['user.create'](owner, {
      email: `${person.handle}@${demoDomain}`,
      name: person.name,
      handle: person.handle,
      role: person.role,
      password: demoPassword,
    });
    callers.set(person.handle, callerFor(made.user.id, person.role));
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

/** What the one whom visitors sign in as has not read yet. */
const unreadOfAda: Readonly<Record<string, number>> = {
  'e-bike': 4,
  rides: 2,
  random: 3,
  '@mei': 2,
  '@finn': 1,
};

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
  const handleOf = new Map([...demo.callers].map(([handle, { userId }]) => [userId, handle]));
  for (const { room, counters } of (await handlers['room.mine'](ada, {})).rooms) {
    const others = room.people.flatMap((id) => (id === ada.userId ? [] : (handleOf.get(id) ?? [])));
    const unread = unreadOfAda[room.kind === 'direct' ? `@${others.join(',')}` : room.name] ?? 0;
    await handlers['read.upTo'](ada, { roomId: room.id, ordinal: Math.max(0, counters.ordinal - unread) });
    if (room.name === 'launch')
      await handlers['room.setPreferences'](ada, { roomId: room.id, starred: true });
    if (room.name === 'random') await handlers['room.setPreferences'](ada, { roomId: room.id, muted: true });
  }
  const announcements = demo.rooms.get('announcements') ?? '';
  const { messages } = await handlers['room.history'](ada, { roomId: announcements, limit: 20 });
  const news = messages.find(({ text }) => text.includes('Spring launch'));
  if (news) {
    await handlers['message.pin'](ada, { messageId: news.id });
    await handlers['message.save'](ada, { messageId: news.id });
  }
  const general = demo.rooms.get('general');
  if (general)
    await handlers['draft.set'](ada, { roomId: general, text: 'For Thursday I would like to talk about ' });
}
