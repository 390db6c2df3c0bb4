import type { Input, MyRoom, Output } from '@confab/protocol';
import { roomStream, userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Database } from '../platform/postgres/index.ts';
import { findUsers } from '../users/index.ts';
import { forMember } from './doors.ts';
import { setClosed } from './member-store.ts';
import { putIn, refuseFull } from './membership.ts';
import { directKey, peopleOf } from './rules.ts';
import { findDirectRoom, insertRoom, nextId } from './store.ts';

type Opened = Output<'room.openDirect'>;

/**
 * The conversation of exactly these people. Only who opens it has it in their list at first; the others have it closed
 * until something is written. With oneself alone it is one's notes.
 */
export async function openDirect(
  deps: { database: Database; log: EventLog },
  caller: Caller,
  input: Input<'room.openDirect'>,
): Promise<Opened> {
  const people = peopleOf(caller.userId, input.userIds);
  const known = await findDirectRoom(deps.database, directKey(people));
  if (known !== null) return reopen(deps.log, caller, known);
  const made = await start(deps.log, caller, people);
  return 'room' in made ? made : reopen(deps.log, caller, made.existing);
}

async function reopen(log: EventLog, caller: Caller, roomId: string): Promise<Opened> {
  const own = userStream(caller.userId);
  return log.write([roomStream(roomId), own], async (tx, log) => {
    const room = await forMember(tx, roomId, caller.userId);
    if (room.membership.closedOrdinal === null) return { room, position: log.position(own) };
    const membership = await setClosed(tx, { roomId, userId: caller.userId, closedOrdinal: null });
    const position = log.append(own, 'membership.changed', { roomId, membership });
    return { room: { ...room, membership }, position };
  });
}

/** All their streams are locked, so that of two who open it at once the second finds what the first made. */
async function start(
  log: EventLog,
  caller: Caller,
  people: readonly string[],
): Promise<Opened | { existing: string }> {
  const key = directKey(people);
  return log.write(people.map(userStream), async (tx, log) => {
    const existing = await findDirectRoom(tx, key);
    if (existing !== null) return { existing };
    const users = await findUsers(tx, people);
    if (users.length < people.length || users.some((user) => user.deactivated)) {
      throw new Refusal('not_found', { what: 'user' });
    }
    await refuseFull(tx, people);
    const id = await nextId(tx);
    await log.open(roomStream(id));
    const about = { kind: 'direct', name: '', topic: '', description: '', posting: 'everyone' } as const;
    const origin = { people: [...people], createdBy: caller.userId, clientId: null, directKey: key };
    const room = await insertRoom(tx, { ...about, ...origin, id, at: new Date(log.at) });
    const members = people.map((userId) => ({
      userId,
      role: 'member' as const,
      closedOrdinal: userId === caller.userId ? null : 0,
    }));
    const added = await putIn(tx, log, { room, lastAt: log.at, members, by: caller.userId });
    return { room: added.get(caller.userId) as MyRoom, position: log.position(userStream(caller.userId)) };
  });
}
