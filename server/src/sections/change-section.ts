import type { Input, Output, Section } from '@confab/protocol';
import type { EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { plainLine } from '../kit/plain-line.ts';
import { Refusal } from '../kit/refusal.ts';
import { changeArrangement } from './change-arrangement.ts';
import { plainEmoji } from './create-section.ts';
import { isBuiltIn, sectionIn, withChanged } from './rules.ts';

/** @throws Refusal not_found, forbidden for the name or emoji of a built-in one, invalid */
export async function changeSection(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'section.change'>,
): Promise<Output<'section.change'>> {
  const { sectionId, name, emoji, sort, isFolded } = input;
  if (isBuiltIn(sectionId) && (name !== undefined || emoji !== undefined)) {
    throw new Refusal('forbidden', { needs: 'a section of your own' });
  }
  const change: Partial<Section> = {
    ...(name === undefined ? {} : { name: plainLine(name, { path: '/name' }) }),
    ...(emoji === undefined ? {} : { emoji: plainEmoji(emoji) }),
    ...(sort === undefined ? {} : { sort }),
    ...(isFolded === undefined ? {} : { isFolded }),
  };
  const position = await changeArrangement(deps, caller.userId, (present) => {
    sectionIn(present, sectionId);
    return withChanged(present, sectionId, change);
  });
  return { position };
}
