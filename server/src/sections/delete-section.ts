import type { Input, Output } from '@confab/protocol';
import type { EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { changeArrangement } from './change-arrangement.ts';
import { isBuiltIn } from './rules.ts';

/** What is not there is deleted already. @throws Refusal forbidden for a built-in one */
export async function deleteSection(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'section.delete'>,
): Promise<Output<'section.delete'>> {
  const { sectionId } = input;
  if (isBuiltIn(sectionId)) throw new Refusal('forbidden', { needs: 'a section of your own' });
  const position = await changeArrangement(deps, caller.userId, (present) =>
    present.filter(({ id }) => id !== sectionId),
  );
  return { position };
}
