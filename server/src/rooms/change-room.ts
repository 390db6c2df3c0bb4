import type { Input, Output } from '@confab/protocol';
import { roomStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { refuseTakenName } from './create-room.ts';
import { forReading } from './doors.ts';
import { differenceTo, refuseChange, standingIn } from './rules.ts';
import { updateRoom } from './store.ts';

/** Changes what a room is called and how it works. What is as wanted already changes nothing and tells nobody. */
export async function changeRoom(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'room.change'>,
): Promise<Output<'room.change'>> {
  const stream = roomStream(input.roomId);
  return refuseTakenName(
    deps.log.write([stream], async (tx, log) => {
      const found = await forReading(tx, input.roomId, caller.userId);
      const change = differenceTo(found.room, input);
      refuseChange(found.room, change, { standing: standingIn(found, caller), role: caller.role });
      if (Object.keys(change).length === 0) return { room: found.room, position: log.position(stream) };
      const room = await updateRoom(tx, found.room, change, new Date(log.at));
      const position = log.append(stream, 'room.changed', { room, by: caller.userId });
      return { room, position };
    }),
  );
}
