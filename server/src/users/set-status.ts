import type { Input, Output } from '@confab/protocol';
import { workspaceStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { plainStatus } from './rules.ts';
import { setStatusOf } from './store.ts';

/** @throws Refusal invalid */
export async function setStatus(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'user.setStatus'>,
): Promise<Output<'user.setStatus'>> {
  const status = plainStatus(input.status);
  return deps.log.write([workspaceStream], async (tx, log) => {
    const user = await setStatusOf(tx, caller.userId, status);
    return { user, position: log.append(workspaceStream, 'user.changed', { user }) };
  });
}
