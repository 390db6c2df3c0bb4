import type { Input, Output } from '@confab/protocol';
import { workspaceStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { plainLine } from '../kit/plain-line.ts';
import { refuseReserved, refuseUnknownZone } from './rules.ts';
import { changeUser } from './store.ts';

/** Name, handle, title, time zone: what is left out stays. @throws Refusal taken, invalid */
export async function changeProfile(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'user.changeProfile'>,
): Promise<Output<'user.changeProfile'>> {
  const { name, handle, title, timeZone } = input;
  if (handle !== undefined) refuseReserved(handle);
  if (timeZone !== undefined) refuseUnknownZone(timeZone);
  const change = {
    name: name === undefined ? undefined : plainLine(name, { path: '/name' }),
    handle,
    title: title === undefined ? undefined : plainLine(title, { path: '/title', mayBeEmpty: true }),
    timeZone,
  };
  return deps.log.write([workspaceStream], async (tx, log) => {
    const user = await changeUser(tx, caller.userId, change);
    return { user, position: log.append(workspaceStream, 'user.changed', { user }) };
  });
}
