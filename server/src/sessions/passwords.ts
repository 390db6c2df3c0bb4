/** Setting a new password: by who knows the present one, or by a link an administrator made. */
import type { Input, Output } from '@confab/protocol';
import { userStream, type Appender } from '../delivery/index.ts';
import type { Caller, Visitor } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { Random } from '../platform/random/index.ts';
import { findCredentials, forUser, setPasswordHash } from '../users/index.ts';
import { endAccess } from './end-access.ts';
import type { SessionDeps } from './session-deps.ts';
import { openSession } from './open-session.ts';
import { deleteResets, findReset, insertReset, useReset } from './reset-store.ts';
import { hashSecret, makeSecret } from './secrets.ts';

/** Time for a link to travel by whatever way the administrator takes. */
const resetLifetimeMs = 72 * 3_600_000;

/** The person's other sessions end; their tokens stay. @throws Refusal wrong_credentials, too_many */
export async function changePassword(
  deps: SessionDeps,
  caller: Caller,
  input: Input<'password.change'>,
): Promise<Output<'password.change'>> {
  const { database, log, passwords, throttle } = deps;
  const { userId } = caller;
  const attempt = await throttle.begin({ what: 'password', account: userId });
  const known = await findCredentials(database, { userId });
  const right = await passwords.verify(known?.passwordHash ?? null, input.current);
  if (!known || !right) throw new Refusal('wrong_credentials');
  const hash = await passwords.hash(input.next);

  await log.write([userStream(userId)], async (tx, log) => {
    const now = await findCredentials(tx, { userId });
    if (!now || now.deactivated || now.passwordHash !== known.passwordHash) {
      throw new Refusal('wrong_credentials');
    }
    await setPasswordHash(tx, userId, hash);
    await endAccess(tx, log, { userId, keepSession: caller.sessionId, tokens: false });
    await attempt.succeed(tx);
  });
  return {};
}

/**
 * Makes a link with which a person sets a password; an earlier one is worth nothing any more. Their stream is locked.
 * @returns the secret, shown once
 */
export async function makeReset(
  tx: Tx,
  log: Appender,
  whose: { random: Random; userId: string },
): Promise<{ resetToken: string; expiresAt: number }> {
  const { userId } = whose;
  const { secret, hash } = makeSecret(whose.random, 'reset');
  const expiresAt = log.at + resetLifetimeMs;
  await deleteResets(tx, userId);
  await insertReset(tx, { userId, secretHash: hash, at: new Date(log.at), expiresAt: new Date(expiresAt) });
  return { resetToken: secret, expiresAt };
}

/** Sets the password and signs in; works once. All sessions from before end. @throws Refusal gone, too_many */
export async function useResetLink(
  deps: SessionDeps,
  visitor: Visitor,
  input: Input<'password.useReset'>,
): Promise<Output<'password.useReset'>> {
  const { database, clock, log, passwords, random, throttle } = deps;
  const secretHash = hashSecret(input.token);
  const attempt = await throttle.begin({ what: 'link', address: visitor.address });
  const userId = await findReset(database, secretHash, new Date(clock.now()));
  if (userId === null) throw new Refusal('gone');
  const hash = await passwords.hash(input.password);

  const { user, session } = await log.write([userStream(userId)], async (tx, log) => {
    const used = await useReset(tx, secretHash, new Date(log.at));
    const user = await forUser(tx, userId);
    if (!used || user.deactivated) throw new Refusal('gone');
    await setPasswordHash(tx, userId, hash);
    await endAccess(tx, log, { userId, keepSession: null, tokens: false });
    const session = await openSession(tx, log, { random, userId, visitor });
    await attempt.succeed(tx);
    return { user, session };
  });
  visitor.startSession(session.secret, session.expiresAt);
  return { user, sessionId: session.id };
}
