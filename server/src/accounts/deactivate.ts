import type { Input, Output } from '@confab/protocol';
import { userStream, workspaceStream } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { endAccess } from '../sessions/index.ts';
import { countOwners, forActing, forUser, setDeactivated } from '../users/index.ts';
import type { AccountDeps } from './account-deps.ts';
import { refuseLosingLastOwner, refuseTouching } from './rules.ts';

/** Ends all ways in of a person, on every node, and keeps what they wrote. @throws Refusal not_found, forbidden, last_owner */
export async function deactivate(
  deps: AccountDeps,
  caller: Caller,
  input: Input<'user.deactivate'>,
): Promise<Output<'user.deactivate'>> {
  const { userId } = input;
  return deps.log.write([userStream(userId), workspaceStream], async (tx, log) => {
    const actor = await forActing(tx, caller.userId);
    const person = await forUser(tx, userId);
    refuseTouching(actor, person);
    if (person.deactivated) return { position: log.position(workspaceStream) };
    refuseLosingLastOwner(person, await countOwners(tx));
    const user = await setDeactivated(tx, userId, new Date(log.at));
    await endAccess(tx, log, { userId, keepSession: null, tokens: true });
    return { position: log.append(workspaceStream, 'user.changed', { user }) };
  });
}

/** Lets a person in again: with their old password, if they had one. @throws Refusal not_found, forbidden */
export async function reactivate(
  deps: AccountDeps,
  caller: Caller,
  input: Input<'user.reactivate'>,
): Promise<Output<'user.reactivate'>> {
  return deps.log.write([workspaceStream], async (tx, log) => {
    const actor = await forActing(tx, caller.userId);
    const person = await forUser(tx, input.userId);
    refuseTouching(actor, person);
    if (!person.deactivated) return { position: log.position(workspaceStream) };
    const user = await setDeactivated(tx, person.id, null);
    return { position: log.append(workspaceStream, 'user.changed', { user }) };
  });
}
