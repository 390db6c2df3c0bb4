import type { Input, Output } from '@confab/protocol';
import type { EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { forMember } from '../rooms/index.ts';
import { changeArrangement } from './change-arrangement.ts';
import { withPlaced } from './rules.ts';

/** A star stays: who shows the sidebar shows starred rooms there, wherever they are placed. */
export async function placeRoom(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'section.placeRoom'>,
): Promise<Output<'section.placeRoom'>> {
  const { sectionId, roomId } = input;
  const { userId } = caller;
  const position = await changeArrangement(deps, userId, async (present, tx) => {
    await forMember(tx, roomId, userId);
    return withPlaced(present, roomId, sectionId);
  });
  return { position };
}
