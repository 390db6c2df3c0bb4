import { Refused, systemClock } from '@confab/client';
import type { Team } from './people.ts';
import type { Speaker, Trespass } from './speaker.ts';

/** In every team the last one leaves and is fetched back, over and over: whoever is out must hear nothing. */
export interface Wanderings {
  isWanderer(person: number): boolean;
  start(): void;
  /** Resolves when everybody is back in. */
  stop(): Promise<void>;
  /** Of what arrived in time outside, what was also said in that time; the rest was underway before. In words. */
  proven(trespasses: readonly Trespass[]): string[];
}

const insideMs = 6_000;
const outsideMs = 2_000;
const retryMs = 500;

export function createWanderings(deps: { teams: readonly Team[]; speakers: readonly Speaker[] }): Wanderings {
  /** Numbers of the events with which the wanderer of a room left and came, in turn. */
  const passages = new Map<string, number[]>();
  const walks = deps.teams.flatMap(({ room, people }) => {
    const host = deps.speakers[people[0] ?? -1];
    const wanderer = deps.speakers[people.at(-1) ?? -1];
    return host && wanderer && people.length > 2 ? [{ room, host, wanderer }] : [];
  });
  const wanderers = new Set(walks.map(({ wanderer }) => wanderer.person.index));
  let stopped = false;
  let underway: Promise<unknown> = Promise.resolve();

  for (const { room, host, wanderer } of walks) {
    host.client.onEvent((event) => {
      if (event.name !== 'member.left' && event.name !== 'member.joined') return;
      const userId = event.name === 'member.left' ? event.data.userId : event.data.member.userId;
      if (event.stream !== `room:${room}` || userId !== wanderer.person.userId) return;
      passages.set(room, [...(passages.get(room) ?? []), event.seq]);
    });
  }

  async function walk({ room, host, wanderer }: (typeof walks)[number], delayMs: number): Promise<void> {
    await pause(delayMs, () => stopped);
    while (!stopped) {
      await persist(() => wanderer.client.call('room.leave', { roomId: room }), ['not_found']);
      wanderer.setOutside(room, true);
      await pause(outsideMs, () => false);
      wanderer.setOutside(room, false);
      const userIds = [wanderer.person.userId];
      // Together: a node that stood still may carry out the leaving late, and put out again who was fetched back.
      await persist(async () => {
        await host.client.call('room.invite', { roomId: room, userIds });
        await wanderer.client.openRoom(room, { history: false });
      }, []);
      await pause(insideMs, () => stopped);
    }
  }

  return {
    isWanderer: (person) => wanderers.has(person),
    start() {
      underway = Promise.all(walks.map((one, index) => walk(one, (insideMs / walks.length) * index)));
    },
    async stop() {
      stopped = true;
      await underway;
    },
    proven: (trespasses) =>
      trespasses
        .filter(({ room, seq, isMember }) => !isMember || wasOutside(passages.get(room) ?? [], seq))
        .map(({ person, room, seq }) => `p${person} received number ${seq} of room ${room} from outside`),
  };
}

/** @param passages numbers of leaving and coming, in turn, beginning with leaving */
export function wasOutside(passages: readonly number[], seq: number): boolean {
  return passages.some(
    (left, index) => index % 2 === 0 && left < seq && seq < (passages[index + 1] ?? Number.POSITIVE_INFINITY),
  );
}

/** Until it is done; whoever is refused for good throws. @param done codes that say that it was done before */
async function persist(work: () => Promise<unknown>, done: readonly string[]): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (done.includes(error.code)) return;
      // A room that was given back a moment ago may not be there yet.
      if (!error.retryable && error.code !== 'not_found') throw error;
    }
    await pause(retryMs, () => false);
  }
}

async function pause(delayMs: number, isOver: () => boolean): Promise<void> {
  const end = systemClock.now() + delayMs;
  while (systemClock.now() < end && !isOver())
    await new Promise<void>((resolve) => systemClock.after(Math.min(200, delayMs), resolve));
}
