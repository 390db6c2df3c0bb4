/** The people of a bench and where they sit; made by public calls, as anybody with an administrator's token can. */
import { randomBytes } from 'node:crypto';
import { openDoor, Refusal } from '@confab/cluster/rehearse/crowd/door';
import { gatherCast, inTurns, type Cast } from '@confab/cluster/rehearse/crowd/people';
import type { Seat } from './load/load-words.ts';
import { BenchProblem } from './problem.ts';
import type { Profile } from './profiles.ts';

/** Direct conversations of each, with the next ones: most of an office's rooms. */
const directsOfEach = 3;

export async function gatherSeats(options: {
  url: string;
  token: string;
  profile: Profile;
  people: number;
  connections: number;
  onProgress: (line: string) => void;
}): Promise<Seat[]> {
  const { url, profile, people, onProgress } = options;
  const every = Math.max(50, Math.round(people / 10));
  try {
    const cast = await gatherCast({
      url,
      owner: openDoor(url, { token: options.token }),
      open: (credentials) => openDoor(url, credentials),
      id: () => randomBytes(12).toString('hex'),
      people,
      teamSize: profile.teamSize,
      password: randomBytes(18).toString('base64url'),
      onProgress: (made) => made % every === 0 && onProgress(`${made} of ${people} people have an account`),
    });
    const directs = profile.name === 'office' ? await openDirects(cast) : [];
    return seatsOf(cast, { profile, connections: options.connections, directs });
  } catch (error) {
    if (error instanceof Refusal || error instanceof TypeError)
      throw new BenchProblem(`People and rooms could not be made at ${url}: ${reasonOf(error)}`);
    throw error;
  }
}

/** What `fetch` says of a server that is not there stands in its cause. */
function reasonOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** @returns for each person the direct rooms they are in */
async function openDirects({ url, people }: Cast): Promise<string[][]> {
  const rooms: string[][] = people.map(() => []);
  await inTurns(people.length, async (index) => {
    const door = openDoor(url, { token: people[index]?.token ?? '' });
    for (let step = 1; step <= Math.min(directsOfEach, people.length - 1); step += 1) {
      const other = (index + step) % people.length;
      const opened = await door.call('room.openDirect', { userIds: [people[other]?.userId ?? ''] });
      const { id } = opened.room.room;
      for (const one of [index, other]) if (!rooms[one]?.includes(id)) rooms[one]?.push(id);
    }
  });
  return rooms;
}

function seatsOf(
  cast: Cast,
  { profile, connections, directs }: { profile: Profile; connections: number; directs: readonly string[][] },
): Seat[] {
  const teams = new Map(
    cast.teams.flatMap(({ room, people }) => people.map((index) => [index, room] as const)),
  );
  const witnessed = new Set<string>();
  return Array.from({ length: connections }, (_, place) => {
    const index = place % cast.people.length;
    const team = teams.get(index) ?? cast.plenum;
    const watches = profile.watches === 'plenum' ? cast.plenum : team;
    const isWitness = !witnessed.has(watches);
    witnessed.add(watches);
    const rooms = [team, ...(directs[index] ?? []), cast.plenum];
    return { token: cast.people[index]?.token ?? '', rooms, watches, isWitness };
  });
}
