import type { Input, Output } from '@confab/protocol';
import { userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { plainPreferences } from './rules.ts';
import { changePreferences } from './store.ts';

/** What is left out stays. The person's other devices learn it. @throws Refusal invalid */
export async function setPreferences(
  deps: { log: EventLog },
  caller: Pick<Caller, 'userId'>,
  input: Input<'user.setPreferences'>,
): Promise<Output<'user.setPreferences'>> {
  const change = plainPreferences(input.preferences);
  const own = userStream(caller.userId);
  return deps.log.write([own], async (tx, log) => {
    const preferences = await changePreferences(tx, caller.userId, change);
    return { preferences, position: log.append(own, 'preferences.changed', { preferences }) };
  });
}
