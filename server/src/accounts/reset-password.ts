import type { Input, Output } from '@confab/protocol';
import { userStream, workspaceStream } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { endAccess, makeReset } from '../sessions/index.ts';
import { forActing, forUser, setPasswordHash } from '../users/index.ts';
import type { AccountDeps } from './account-deps.ts';
import { refuseTouching } from './rules.ts';

/**
 * A link for a new password. The old one is worth nothing from now on, or whoever knows it would be back at once; the
 * person's sessions end, their tokens stay. @throws Refusal not_found, forbidden
 */
export async function resetPassword(
  deps: AccountDeps,
  caller: Caller,
  input: Input<'user.resetPassword'>,
): Promise<Output<'user.resetPassword'>> {
  const { userId } = input;
  // The workspace's lock keeps both roles as they are.
  return deps.log.write([userStream(userId), workspaceStream], async (tx, log) => {
    refuseTouching(await forActing(tx, caller.userId), await forUser(tx, userId));
    await setPasswordHash(tx, userId, null);
    await endAccess(tx, log, { userId, keepSession: null, tokens: false });
    return makeReset(tx, log, { random: deps.random, userId });
  });
}
