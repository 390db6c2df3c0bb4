import type { Input, Output } from '@confab/protocol';
import { workspaceStream } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { plainLine } from '../kit/plain-line.ts';
import { admitNewcomer, makeReset, prepareAdmission } from '../sessions/index.ts';
import { forActing, plainEmail } from '../users/index.ts';
import type { AccountDeps } from './account-deps.ts';
import { refuseGiving } from './rules.ts';

/** Without a password the answer holds a link's secret with which the person sets one. @throws Refusal forbidden, taken, invalid */
export async function createAccount(
  deps: AccountDeps,
  caller: Caller,
  input: Input<'user.create'>,
): Promise<Output<'user.create'>> {
  const { database, log, passwords, random } = deps;
  const { handle = null, role = 'member', password } = input;
  const name = plainLine(input.name, { path: '/name' });
  const email = plainEmail(input.email);
  refuseGiving({ id: caller.userId, role: caller.role, deactivated: false }, role);
  const passwordHash = password === undefined ? null : await passwords.hash(password);
  const { roomIds, streams } = await prepareAdmission(database);

  return log.write(streams, async (tx, log) => {
    refuseGiving(await forActing(tx, caller.userId), role);
    const user = await admitNewcomer(tx, log, { name, handle, email, role, passwordHash, roomIds });
    const reset = passwordHash === null ? await makeReset(tx, log, { random, userId: user.id }) : null;
    return { user, resetToken: reset?.resetToken ?? null, position: log.position(workspaceStream) };
  });
}
