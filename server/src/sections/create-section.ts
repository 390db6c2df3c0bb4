import type { Input, Output } from '@confab/protocol';
import type { EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { plainLine } from '../kit/plain-line.ts';
import { changeArrangement } from './change-arrangement.ts';
import { refuseTooMany, withNew } from './rules.ts';
import { findByClientId, insertSection } from './store.ts';

export async function createSection(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'section.create'>,
): Promise<Output<'section.create'>> {
  const { clientId } = input;
  const { userId } = caller;
  const name = plainLine(input.name, { path: '/name' });
  const emoji = plainEmoji(input.emoji);
  let sectionId = '';
  const position = await changeArrangement(deps, userId, async (present, tx) => {
    const kept = await findByClientId(tx, userId, clientId);
    if (kept !== null) {
      sectionId = kept;
      return present;
    }
    refuseTooMany(present);
    sectionId = await insertSection(tx, { userId, clientId });
    return withNew(present, { id: sectionId, name, emoji, sort: 'name', isFolded: false, roomIds: [] });
  });
  return { sectionId, position };
}

/** @throws Refusal invalid */
export function plainEmoji(emoji: string | null | undefined): string | null {
  return emoji === null || emoji === undefined ? null : plainLine(emoji, { path: '/emoji' });
}
