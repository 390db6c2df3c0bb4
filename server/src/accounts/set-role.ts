import type { Input, Output } from '@confab/protocol';
import { workspaceStream } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { countOwners, forActing, forUser, setRoleOf } from '../users/index.ts';
import type { AccountDeps } from './account-deps.ts';
import { refuseGiving, refuseLosingLastOwner, refuseTouching } from './rules.ts';

/** Roles change one at a time, under the workspace's lock. @throws Refusal not_found, forbidden, last_owner */
export async function setRole(
  deps: AccountDeps,
  caller: Caller,
  input: Input<'user.setRole'>,
): Promise<Output<'user.setRole'>> {
  return deps.log.write([workspaceStream], async (tx, log) => {
    const actor = await forActing(tx, caller.userId);
    const person = await forUser(tx, input.userId);
    refuseTouching(actor, person);
    refuseGiving(actor, input.role);
    if (person.role === input.role) return { position: log.position(workspaceStream) };
    refuseLosingLastOwner(person, await countOwners(tx));
    const user = await setRoleOf(tx, person.id, input.role);
    return { position: log.append(workspaceStream, 'user.changed', { user }) };
  });
}
