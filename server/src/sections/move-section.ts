import type { Input, Output } from '@confab/protocol';
import type { EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { changeArrangement } from './change-arrangement.ts';
import { withMoved } from './rules.ts';

export async function moveSection(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'section.move'>,
): Promise<Output<'section.move'>> {
  const { sectionId, before } = input;
  const position = await changeArrangement(deps, caller.userId, (present) =>
    withMoved(present, sectionId, before),
  );
  return { position };
}
