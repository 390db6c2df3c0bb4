import type { Input, Output } from '@confab/protocol';
import { userStream } from '../delivery/index.ts';
import type { Visitor } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { findCredentials, forUser, plainEmail } from '../users/index.ts';
import type { SessionDeps } from './session-deps.ts';
import { openSession } from './open-session.ts';

/**
 * Address and password. An unknown address, a wrong password and a deactivated account cost the same work and get the
 * same answer, so that nobody learns who is here.
 * @throws Refusal wrong_credentials, too_many
 */
export async function signIn(
  deps: SessionDeps,
  visitor: Visitor,
  input: Input<'session.signIn'>,
): Promise<Output<'session.signIn'>> {
  const { database, log, passwords, random, throttle } = deps;
  const email = plainEmail(input.email);
  const attempt = await throttle.begin({ what: 'sign-in', account: email, address: visitor.address });
  const known = await findCredentials(database, { email });
  const right = await passwords.verify(known?.passwordHash ?? null, input.password);
  if (!known || !right || known.deactivated) throw new Refusal('wrong_credentials');

  const { userId } = known;
  const { user, session } = await log.write([userStream(userId)], async (tx, log) => {
    const now = await findCredentials(tx, { userId });
    if (!now || now.deactivated || now.passwordHash !== known.passwordHash) {
      throw new Refusal('wrong_credentials');
    }
    const session = await openSession(tx, log, { random, userId, visitor });
    await attempt.succeed(tx);
    return { user: await forUser(tx, userId), session };
  });
  visitor.startSession(session.secret, session.expiresAt);
  return { user, sessionId: session.id };
}
