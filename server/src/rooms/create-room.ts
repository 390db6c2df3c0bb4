import type { Input, Output } from '@confab/protocol';
import { roomStream, userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { UniqueViolation, type Tx } from '../platform/postgres/index.ts';
import { putIn, refuseFull } from './membership.ts';
import { texts } from './rules.ts';
import { findCreated, findMyRooms, insertRoom, nextId } from './store.ts';

/** Makes a room with its creator as the owner. The same client id again answers with the room as it is now. */
export async function createRoom(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'room.create'>,
): Promise<Output<'room.create'>> {
  const own = userStream(caller.userId);
  const { name = '', topic = '', description = '' } = texts(input);
  return refuseTakenName(
    deps.log.write([own], async (tx, log) => {
      const existing = await findCreated(tx, caller.userId, input.clientId);
      if (existing !== null) return { room: await mine(tx, caller, existing), position: log.position(own) };
      await refuseFull(tx, [caller.userId]);
      const id = await nextId(tx);
      await log.open(roomStream(id));
      const { kind, posting = 'everyone', clientId } = input;
      const about = { kind, name, topic, description, posting, people: [] };
      const origin = { createdBy: caller.userId, clientId, directKey: null };
      const room = await insertRoom(tx, { ...about, ...origin, id, at: new Date(log.at) });
      const owner = { userId: caller.userId, role: 'owner', closedOrdinal: null } as const;
      const added = await putIn(tx, log, { room, lastAt: log.at, members: [owner], by: caller.userId });
      return { room: found(added.get(caller.userId)), position: log.position(own) };
    }),
  );
}

/** The creator may have left meanwhile. */
async function mine(tx: Tx, caller: Caller, roomId: string): Promise<Output<'room.create'>['room']> {
  const [room] = await findMyRooms(tx, caller.userId, { ids: [roomId] });
  return found(room);
}

function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Refusal('not_found', { what: 'room' });
  return value;
}

/** Public rooms have names of their own; the index says so. @throws Refusal taken */
export async function refuseTakenName<Result>(writing: Promise<Result>): Promise<Result> {
  try {
    return await writing;
  } catch (error) {
    if (error instanceof UniqueViolation && error.constraint === 'rooms_public_name') {
      throw new Refusal('taken', { field: 'name' });
    }
    throw error;
  }
}
