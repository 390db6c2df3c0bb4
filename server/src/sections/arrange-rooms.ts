import type { Input, Output } from '@confab/protocol';
import type { EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { roomsAmong } from '../rooms/index.ts';
import { changeArrangement } from './change-arrangement.ts';
import { withOrder } from './rules.ts';

/** Rooms that one is not in, or no longer, are passed over. */
export async function arrangeRooms(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'section.arrange'>,
): Promise<Output<'section.arrange'>> {
  const { sectionId, roomIds } = input;
  const { userId } = caller;
  const position = await changeArrangement(deps, userId, async (present, tx) => {
    const mine = await roomsAmong(tx, userId, roomIds);
    return withOrder(
      present,
      sectionId,
      roomIds.filter((id) => mine.has(id)),
    );
  });
  return { position };
}
