/** The people of a rehearsal, in a process of their own, on the product's own client: they speak, listen, come and go. */
import { systemClock, systemRandom, type Sockets } from '@confab/client';
import { createNodeSockets } from '@confab/client/platform/ws-sockets';
import type { Moment, Outcome } from './crowd-words.ts';
import { createUploads, findFile, listFiles, type FileFound } from './files.ts';
import { judge } from '../judge.ts';
import { inTurns, type Cast, type Team } from './people.ts';
import { readRoom, wordsOf, type LoggedMessage } from './room-log.ts';
import { createSpeaker, type Break, type Sending, type Speaker } from './speaker.ts';
import { hasHeardAll, testify } from './testimony.ts';
import { createWanderings } from './wanderings.ts';

export interface Crowd {
  /** Resolves when everybody is in. */
  enter(): Promise<void>;
  talk(): void;
  /** What happened since it was asked last. */
  moment(): Moment;
  /** Stops talking, waits until everybody has everything or the patience ends, and judges. */
  finish(): Promise<Outcome>;
  close(): Promise<void>;
}

/** Of many messages one is for everybody, and one calls somebody by name. */
const plenumShare = 0.01;
const mentionShare = 0.04;
/** Somebody uploads a file so often. */
const uploadEveryMs = 1_500;
const stepMs = 50;
const patienceMs = 60_000;

export function createCrowd(deps: { cast: Cast; run: string; perSecond: number; sockets?: Sockets }): Crowd {
  const { cast, run } = deps;
  const sockets = deps.sockets ?? createNodeSockets();
  let sendings: Sending[] = [];
  let breaks: Break[] = [];
  const refusals: string[] = [];
  const teamOf = new Map<number, Team>();
  for (const team of cast.teams) for (const person of team.people) teamOf.set(person, team);
  const speakers = cast.people.map((person) =>
    createSpeaker({
      run,
      url: cast.url,
      person,
      rooms: [teamOf.get(person.index)?.room, cast.plenum].filter((room) => room !== undefined),
      sockets,
      onSent: (sending) => void sendings.push(sending),
      onBreak: (one) => void breaks.push(one),
      onRefused: (reason) => void refusals.push(reason),
    }),
  );
  const uploads = createUploads({
    url: cast.url,
    run,
    onRefused: (reason) => void refusals.push(`a file: ${reason}`),
  });
  const wanderings = createWanderings({ teams: cast.teams, speakers });
  const stays = (index: number): boolean => !wanderings.isWanderer(index);
  let talking = false;
  let owed = 0;

  function sayOne(): void {
    const speaker = pick(speakers);
    const team = teamOf.get(speaker.person.index);
    if (!team || !stays(speaker.person.index) || systemRandom.fraction() < plenumShare) {
      return speaker.say(cast.plenum);
    }
    const called = cast.people[pick(team.people)];
    const mention = called && systemRandom.fraction() < mentionShare ? `@${called.handle} ` : '';
    speaker.say(team.room, mention);
  }

  function uploadOne(): void {
    if (!talking) return;
    const speaker = pick(speakers);
    const team = teamOf.get(speaker.person.index);
    if (team && stays(speaker.person.index))
      uploads.begin(speaker.person, team.room, (fileId) => speaker.say(team.room, '', [fileId]));
    systemClock.after(uploadEveryMs, uploadOne);
  }

  function step(lastAt: number): void {
    if (!talking) return;
    const now = systemClock.now();
    // Whoever was held up catches up, but not with a shout.
    owed = Math.min(owed + ((now - lastAt) * deps.perSecond) / 1_000, deps.perSecond);
    for (; owed >= 1; owed -= 1) sayOne();
    systemClock.after(stepMs, () => step(now));
  }

  const isQuiet = (): boolean =>
    uploads.underway === 0 && speakers.every((speaker) => speaker.isLive && speaker.underway === 0);

  async function readLogs(): Promise<ReadonlyMap<string, LoggedMessage[]>> {
    const rooms = [...cast.teams, { room: cast.plenum, people: [0] }];
    const logs = await inTurns(rooms.length, async (index) => {
      const { room, people } = at(rooms, index);
      const messages = await readRoom(cast.url, at(cast.people, people[0] ?? 0).token, room);
      return [room, messages] as const;
    });
    return new Map(logs);
  }

  async function findFiles(): Promise<FileFound[]> {
    const tokenOf = (room: string): string => {
      const team = cast.teams.find((one) => one.room === room);
      return at(cast.people, team?.people[0] ?? 0).token;
    };
    const rooms = [...new Set(uploads.kept.map(({ room }) => room))];
    const lists = await inTurns(rooms.length, async (index) => {
      const room = at(rooms, index);
      return [room, await listFiles(cast.url, tokenOf(room), room)] as const;
    });
    const listed = new Map(lists);
    return inTurns(uploads.kept.length, (index) => {
      const file = at(uploads.kept, index);
      return findFile(cast.url, tokenOf(file.room), file, listed.get(file.room) ?? new Map());
    });
  }

  return {
    async enter() {
      await inTurns(speakers.length, async (index) => speakers[index]?.enter());
    },
    talk() {
      talking = true;
      wanderings.start();
      step(systemClock.now());
      uploadOne();
    },
    moment() {
      const { user, system } = process.cpuUsage();
      const moment = {
        at: systemClock.now(),
        sendings,
        breaks,
        live: speakers.filter((speaker) => speaker.isLive).length,
        oldestUnderwayAt: oldestOf(speakers),
        cpuSeconds: (user + system) / 1e6,
      };
      sendings = [];
      breaks = [];
      return moment;
    },
    async finish() {
      talking = false;
      await wanderings.stop();
      const from = systemClock.now();
      await until(isQuiet);
      const logs = await readLogs();
      const roomsOf = (index: number): string[] =>
        stays(index) ? [teamOf.get(index)?.room ?? cast.plenum, cast.plenum] : [cast.plenum];
      const words = [...logs].map(([room, messages]) => ({ room, words: wordsOf(run, messages) }));
      const totals = new Map(words.map((log) => [log.room, log.words.length]));
      await until(() => speakers.every((one) => hasHeardAll(one, roomsOf(one.person.index), totals)));
      const settledMs = systemClock.now() - from;
      const people = await inTurns(speakers.length, (index) => {
        const speaker = at(speakers, index);
        return testify({ url: cast.url, speaker, rooms: roomsOf(index), logs });
      });
      return {
        ...judge({
          acknowledged: speakers.flatMap((speaker) => speaker.acknowledged),
          logs: words,
          people,
          files: await findFiles(),
          trespasses: wanderings.proven(speakers.flatMap((speaker) => speaker.trespasses)),
        }),
        uploaded: uploads.kept.length,
        unanswered: speakers.reduce((sum, speaker) => sum + speaker.underway, uploads.underway),
        refused: refusals.length,
        refusals: refusals.slice(0, 10),
        settledMs,
      };
    },
    async close() {
      await inTurns(speakers.length, async (index) => speakers[index]?.leave());
    },
  };
}

function at<Value>(values: readonly Value[], index: number): Value {
  const value = values[index];
  if (value === undefined) throw new Error(`There is no number ${index} of ${values.length}.`);
  return value;
}

function pick<Value>(values: readonly Value[]): Value {
  return at(values, Math.floor(systemRandom.fraction() * values.length));
}

function oldestOf(speakers: readonly Speaker[]): number | null {
  const times = speakers.flatMap(({ oldestUnderwayAt }) => oldestUnderwayAt ?? []);
  return times.length > 0 ? Math.min(...times) : null;
}

/** Until it holds, or patience ends: then the verdict says what is missing. */
async function until(holds: () => boolean): Promise<void> {
  const end = systemClock.now() + patienceMs;
  while (!holds() && systemClock.now() < end)
    await new Promise<void>((resolve) => systemClock.after(100, resolve));
}
