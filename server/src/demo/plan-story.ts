/**
 * Who of the demo said what when: months of a team's talk as a plan, the same for the same moment. People speak on
 * working days in the working hours of their own time zone, in bursts; what may happen at any hour is small talk.
 */
import { createSeededRandom, type Random } from '../platform/random/index.ts';
import { asideTalk, latestTalk } from './aside-talk.ts';
import { demoConversations } from './conversations.ts';
import { demoPeople, demoRooms, type DemoPerson } from './people.ts';
import { createDeck, readExchange, readLine, type StoryLine } from './story-lines.ts';
import { workTalk } from './work-talk.ts';
import { awakeHours, createWorkingHours, type Hours, type WorkingHours } from './working-hours.ts';

/** What happens at a moment. A message's key is its index among all messages; reactions and replies name it. */
export type Beat =
  | { at: number; kind: 'say'; key: number; room: string; handle: string; text: string; root: number | null }
  | { at: number; kind: 'react'; to: number; emoji: string; handles: readonly string[] };

/** How far the demo's memory goes back. */
export const historyDays = 100;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const home = 'Europe/Berlin';
/** What was written for the demo's readers happened in these last days. */
const storyDays = 9;

/** Exchanges on a usual working day, and on a day of the weekend. */
const rates: Readonly<Record<string, { workday: number; weekend: number }>> = {
  announcements: { workday: 0.06, weekend: 0 },
  general: { workday: 0.42, weekend: 0 },
  frames: { workday: 0.5, weekend: 0 },
  'e-bike': { workday: 0.5, weekend: 0 },
  software: { workday: 0.55, weekend: 0 },
  'customer-care': { workday: 0.4, weekend: 0 },
  launch: { workday: 0.25, weekend: 0 },
  money: { workday: 0.1, weekend: 0 },
  rides: { workday: 0.15, weekend: 0.4 },
  random: { workday: 0.4, weekend: 0.2 },
  lunch: { workday: 0.35, weekend: 0 },
};
const privateRate = { workday: 0.06, weekend: 0 };
const atAnyHour = new Set(['rides', 'random']);
const lunchHours: Hours = { from: 11, until: 12.9 };
const dayAtHome: Hours = { from: 7, until: 18 };
const evenings: Hours = { from: 8, until: 21.5 };

interface Planning {
  readonly now: number;
  readonly random: Random;
  readonly clock: WorkingHours;
  readonly beats: Beat[];
  /** Room → when somebody was talking there, so that no two exchanges mix. */
  readonly taken: Map<string, { from: number; until: number }[]>;
  nextKey: number;
}

/** @param now milliseconds since 1970 UTC; everything in the plan is before it, in order. */
export function planStory(now: number): Beat[] {
  const planning: Planning = {
    now,
    random: createSeededRandom(21_03),
    clock: createWorkingHours(),
    beats: [],
    taken: new Map(),
    nextKey: 0,
  };
  planLatest(planning);
  planConversations(planning);
  planMonths(planning);
  const told = new Set<number>();
  const inOrder = planning.beats.filter(({ at }) => at < now).sort((a, b) => a.at - b.at);
  // Nobody answers or likes what is not yet said.
  return inOrder.filter((beat) => {
    if (beat.kind === 'react') return told.has(beat.to);
    if (beat.root !== null && !told.has(beat.root)) return false;
    told.add(beat.key);
    return true;
  });
}

/** A few lines that have just been said, by whoever is awake. */
function planLatest(planning: Planning): void {
  const { now, random, clock } = planning;
  const atWork = clock.isWorkday(home, now) && clock.isWithin(home, now, { from: 9.5, until: 18 });
  for (const { room, lines } of latestTalk) {
    if (room !== 'random' && !atWork) continue;
    const awake = peopleOf(room).filter(
      ({ handle, timeZone }) => handle !== 'ada' && clock.isWithin(timeZone, now, awakeHours),
    );
    if (awake.length === 0) continue;
    const nextSpeaker = createDeck(random, awake);
    let at = now - (room === 'random' ? 14 : 47) * minuteMs;
    take(planning, room, { from: at - hourMs, until: now });
    for (const text of lines) {
      say(planning, { at, room, handle: nextSpeaker().handle, text, root: null });
      at += (2 + random.fraction() * 3) * minuteMs;
    }
  }
}

/** The conversations that were written for the demo, over its last days. */
function planConversations(planning: Planning): void {
  const { now, clock, random } = planning;
  const days: { from: number; until: number }[] = [];
  for (let at = now - storyDays * dayMs; at <= now; at += dayMs) {
    const from = clock.hourOfDay(home, at, 9.25);
    const until = Math.min(clock.hourOfDay(home, at, 17), now - 90 * minuteMs);
    if (clock.isWorkday(home, from) && until > from) days.push({ from, until });
  }
  const parts = demoConversations
    .flatMap(({ room, lines }) => {
      const sittings = split(lines);
      return sittings.map((part, index) => ({ room, part, place: (index + 1) / sittings.length }));
    })
    .sort((a, b) => a.place - b.place);
  const length = days.reduce((sum, { from, until }) => sum + until - from, 0);
  for (const [index, { room, part }] of parts.entries()) {
    let left = (length * (index + 0.5 + random.fraction() * 0.3)) / parts.length;
    const day = days.find(({ from, until }) => {
      if (left <= until - from) return true;
      left -= until - from;
      return false;
    });
    if (!day) continue;
    const lines = part.map(readLine);
    const aim = day.from + left;
    place(planning, room, lines, findStart(planning, room, lines, { aim, ...day }) ?? aim);
  }
}

/** A long conversation happens in several sittings. */
function split(lines: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  for (const line of lines) {
    const opens = !line.startsWith('>') && !line.startsWith('+');
    if (opens && (parts.at(-1)?.length ?? 0) >= 5) parts.push([]);
    parts.at(-1)?.push(line);
  }
  return parts;
}

function planMonths(planning: Planning): void {
  const { now, random, clock } = planning;
  const talks = Object.entries({ ...workTalk, ...asideTalk }).map(([room, exchanges]) => ({
    room,
    next: createDeck(random, exchanges),
    // Grows by the rate; an exchange costs one, so that no room is silent for long.
    due: random.fraction(),
  }));
  for (let day = 1; day <= historyDays; day += 1) {
    const noon = clock.hourOfDay(home, now - (historyDays - day) * dayMs, 12);
    const kind = clock.isWorkday(home, noon) ? 'workday' : 'weekend';
    const mood = 0.5 + random.fraction();
    for (const talk of talks) {
      talk.due += (rates[talk.room] ?? privateRate)[kind] * mood;
      for (let tries = 3; talk.due >= 1 && tries > 0; tries -= 1) {
        const lines = readExchange(talk.next(), { random, frame: 31 + Math.floor(day * 0.6) });
        const start = findStart(planning, talk.room, lines, talkingHours(clock, talk.room, noon));
        if (start === null) continue;
        place(planning, talk.room, lines, start);
        talk.due -= 1;
      }
    }
  }
}

function talkingHours(clock: WorkingHours, room: string, noon: number): { from: number; until: number } {
  const { from, until } = room === 'lunch' ? lunchHours : atAnyHour.has(room) ? evenings : dayAtHome;
  return { from: clock.hourOfDay(home, noon, from), until: clock.hourOfDay(home, noon, until) };
}

/** A moment at which those who talk to each other are there and the room is quiet; null when there is none. */
function findStart(
  { random, clock, taken }: Planning,
  room: string,
  lines: readonly StoryLine[],
  span: { from: number; until: number; aim?: number },
): number | null {
  const speakers = lines.flatMap((line) =>
    line.kind === 'say' && !line.isReply ? personOf(line.handle) : [],
  );
  const answering = lines.flatMap((line) => (line.kind === 'say' ? personOf(line.handle) : []));
  const isQuiet = (at: number): boolean =>
    !(taken.get(room) ?? []).some(
      ({ from, until }) => at > from - 40 * minuteMs && at < until + 10 * minuteMs,
    );
  const are = (people: readonly DemoPerson[], at: number): boolean =>
    people.every((one) => isThere(clock, one, room, at) && isThere(clock, one, room, at + 20 * minuteMs));
  const moments = Array.from({ length: 24 }, () => span.from + random.fraction() * (span.until - span.from));
  const { aim } = span;
  const tried =
    aim === undefined ? moments : [aim, ...moments.sort((a, b) => Math.abs(a - aim) - Math.abs(b - aim))];
  const quiet = tried.filter(isQuiet);
  return quiet.find((at) => are(answering, at)) ?? quiet.find((at) => are(speakers, at)) ?? null;
}

function isThere(clock: WorkingHours, person: DemoPerson, room: string, at: number): boolean {
  if (atAnyHour.has(room)) return clock.isWithin(person.timeZone, at, awakeHours);
  return clock.isWorkday(person.timeZone, at) && clock.isWithin(person.timeZone, at, person.works);
}

function place(planning: Planning, room: string, lines: readonly StoryLine[], start: number): void {
  const { random, clock } = planning;
  let at = start;
  let threadAt = start;
  let root: number | null = null;
  let last: { key: number; at: number } | null = null;
  for (const line of lines) {
    if (line.kind === 'react') {
      const { emoji, handles } = line;
      if (last) {
        const reactedAt = last.at + (0.4 + random.fraction() * 4) * minuteMs;
        planning.beats.push({ at: reactedAt, kind: 'react', to: last.key, emoji, handles });
      }
      continue;
    }
    const { handle, text, isReply } = line;
    const pause = 12_000 + text.length * 130 + random.fraction() * 70_000;
    if (isReply) {
      threadAt = Math.max(threadAt, at) + pause + random.fraction() ** 3 * hourMs;
      for (const { timeZone, works } of atAnyHour.has(room) ? [] : personOf(handle)) {
        const next = clock.next(timeZone, threadAt, works);
        // Not everybody is at their desk on the minute.
        if (next > threadAt) threadAt = next + random.fraction() * 40 * minuteMs;
      }
    } else at += root === null ? 0 : pause;
    const saidAt = isReply ? threadAt : at;
    const key: number = say(planning, { at: saidAt, room, handle, text, root: isReply ? root : null });
    last = { key, at: saidAt };
    if (!isReply) root = key;
  }
  take(planning, room, { from: start, until: at });
}

function say(planning: Planning, words: Omit<Extract<Beat, { kind: 'say' }>, 'kind' | 'key'>): number {
  const key = planning.nextKey;
  planning.nextKey += 1;
  planning.beats.push({ ...words, kind: 'say', key });
  return key;
}

function take({ taken }: Planning, room: string, span: { from: number; until: number }): void {
  taken.set(room, [...(taken.get(room) ?? []), span]);
}

const personOf = (handle: string): DemoPerson[] => demoPeople.filter((person) => person.handle === handle);

function peopleOf(room: string): DemoPerson[] {
  return (demoRooms.find(({ name }) => name === room)?.people ?? []).flatMap(personOf);
}
