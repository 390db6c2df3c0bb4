import { openDoor } from './door.ts';
import type { PersonHeard } from '../judge.ts';
import type { Participant } from './people.ts';
import type { LoggedMessage } from './room-log.ts';
import { badgeText, type Speaker } from './speaker.ts';

type Logs = ReadonlyMap<string, readonly LoggedMessage[]>;

/** What a client keeps of mentions. */
const mentionsMax = 100;

/** @param totals how many words each room holds */
export function hasHeardAll(
  speaker: Speaker,
  rooms: readonly string[],
  totals: ReadonlyMap<string, number>,
): boolean {
  const heard = new Map(speaker.witness.hearings().map((one) => [one.room, one.heard]));
  return rooms.every((room) => (heard.get(room) ?? 0) >= (totals.get(room) ?? 0));
}

/** What one person heard and is shown; what is right is counted from the logs. */
export async function testify(deps: {
  url: string;
  speaker: Speaker;
  /** Rooms in which the person was all the time. */
  rooms: readonly string[];
  logs: Logs;
}): Promise<PersonHeard> {
  const { speaker, rooms, logs } = deps;
  const { person } = speaker;
  const { rooms: mine } = await openDoor(deps.url, { token: person.token }).call('room.mine', {});
  const badges = rooms.map((room) => {
    const readOrdinal = mine.find((one) => one.room.id === room)?.membership.readOrdinal ?? 0;
    const right = badgeText({ ...countFor(person, logs.get(room) ?? [], readOrdinal), readOrdinal });
    return { room, shown: speaker.badge(room), right };
  });
  const connection = speaker.client.connection.name;
  return { person: person.index, connection, rooms, hearings: speaker.witness.hearings(), badges };
}

function countFor(person: Participant, log: readonly LoggedMessage[], readOrdinal: number) {
  const mentions = log
    .filter(
      ({ ordinal, authorId, text }) =>
        ordinal > readOrdinal && authorId !== person.userId && text.includes(`@${person.handle} `),
    )
    .map(({ ordinal }) => ordinal);
  return { ordinal: log.at(-1)?.ordinal ?? 0, mentions: mentions.slice(-mentionsMax) };
}
