import type { Credentials, Door } from './door.ts';

/** Somebody who takes part in a rehearsal. */
export interface Participant {
  readonly index: number;
  readonly userId: string;
  readonly handle: string;
  readonly token: string;
}

export interface Team {
  /** A private room. */
  readonly room: string;
  /** Indices; the first owns the room, the last comes and goes. */
  readonly people: readonly number[];
}

/** Everybody a rehearsal needs, with the rooms they are in; kept between rehearsals, since making them takes a while. */
export interface Cast {
  readonly url: string;
  readonly teamSize: number;
  readonly people: readonly Participant[];
  readonly teams: readonly Team[];
  /** A public room with everybody in it. */
  readonly plenum: string;
}

const atOnce = 8;
const teamName = (number: number): string => `team-${String(number).padStart(3, '0')}`;

/** @param deps.password of all of them; nobody signs in with it, they have tokens */
export async function gatherCast(deps: {
  url: string;
  /** An administrator's. */
  owner: Door;
  open: (credentials: Credentials) => Door;
  id: () => string;
  people: number;
  teamSize: number;
  password: string;
  onProgress: (made: number) => void;
}): Promise<Cast> {
  const tag = deps
    .id()
    .replace(/[^a-zA-Z0-9]/g, '')
    .slice(0, 6)
    .toLowerCase();
  const { secret } = await deps.owner.call('invitation.create', {
    usesMax: deps.people,
    hours: 2,
  });
  let made = 0;
  const join = async (index: number): Promise<Participant> => {
    const { output, cookie } = await deps.open(null).enter('session.signUp', {
      email: `p${index}.${tag}@rehearsal.example`,
      name: `Person ${index}`,
      handle: `p${index}-${tag}`,
      password: deps.password,
      invitation: secret,
    });
    const { secret: token } = await deps
      .open({ cookie })
      .call('token.create', { name: 'rehearsal', scopes: ['read', 'write'] });
    made += 1;
    deps.onProgress(made);
    const { id: userId, handle } = output.user;
    return { index, userId, handle, token };
  };
  const people = await inTurns(deps.people, join);

  const first = doorOf(deps, people, 0);
  const plenum = await makeRoom(deps, first, 'public', `rehearsal-${tag}`, people.slice(1));
  const teams: Team[] = [];
  for (let from = 0; from < people.length; from += deps.teamSize) {
    const members = people.slice(from, from + deps.teamSize);
    const door = doorOf(deps, people, from);
    const room = await makeRoom(deps, door, 'private', `${teamName(teams.length)}-${tag}`, members.slice(1));
    teams.push({ room, people: members.map(({ index }) => index) });
  }
  return { url: deps.url, teamSize: deps.teamSize, people, teams, plenum };
}

function doorOf(
  deps: { open: (credentials: { token: string }) => Door },
  people: readonly Participant[],
  index: number,
): Door {
  const person = people[index];
  if (!person) throw new Error(`There is no person ${index}.`);
  return deps.open({ token: person.token });
}

const invitedAtOnce = 100;

async function makeRoom(
  deps: { id: () => string },
  door: Door,
  kind: 'public' | 'private',
  name: string,
  others: readonly Participant[],
): Promise<string> {
  const { room } = await door.call('room.create', { clientId: deps.id(), kind, name });
  const roomId = room.room.id;
  for (let from = 0; from < others.length; from += invitedAtOnce) {
    const userIds = others.slice(from, from + invitedAtOnce).map(({ userId }) => userId);
    await door.call('room.invite', { roomId, userIds });
  }
  return roomId;
}

/** Results of `work` for 0, 1, 2 …, a few at a time. */
export async function inTurns<Result>(
  count: number,
  work: (index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const turn = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      results[index] = await work(index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, turn));
  return results;
}
