import type { Input, Output } from '@confab/protocol';
import { userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { findRead, lockRead, setReadOrdinal, type ReadState } from './store.ts';

interface Deps {
  readonly log: EventLog;
}

/** Read up to an ordinal, never beyond the last message and never back. */
export async function readUpTo(
  deps: Deps,
  caller: Caller,
  input: Input<'read.upTo'>,
): Promise<Output<'read.upTo'>> {
  return moveRead(deps, caller, input.roomId, ({ readOrdinal, ordinal }) =>
    Math.max(readOrdinal, Math.min(input.ordinal, ordinal)),
  );
}

/** Unread from an ordinal on: the way back. */
export async function readFrom(
  deps: Deps,
  caller: Caller,
  input: Input<'read.from'>,
): Promise<Output<'read.from'>> {
  return moveRead(deps, caller, input.roomId, ({ ordinal }) => Math.min(input.ordinal - 1, ordinal));
}

/**
 * Not under the room's lock: in a big room everybody reads each message, and sends would wait for all of them. The
 * person's own stream and the one membership are locked, in this order, as in the commit lane.
 */
async function moveRead(
  deps: Deps,
  caller: Caller,
  roomId: string,
  decide: (present: ReadState) => number,
): Promise<Output<'read.upTo'>> {
  const { userId } = caller;
  const own = userStream(userId);
  return deps.log.write([own], async (tx, log) => {
    const present = await lockRead(tx, roomId, userId);
    if (!present) throw new Refusal('not_found', { what: 'room' });
    const readOrdinal = decide(present);
    if (readOrdinal === present.readOrdinal) return { position: log.position(own) };
    await setReadOrdinal(tx, { roomId, userId, readOrdinal });
    const after = (await findRead(tx, roomId, userId)) ?? present;
    const { ordinal, mentions } = after;
    return { position: log.append(own, 'read.moved', { roomId, readOrdinal, ordinal, mentions }) };
  });
}
