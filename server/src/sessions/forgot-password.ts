import type { Input, Output } from '@confab/protocol';
import type { Visitor } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { queueMail } from '../mail/index.ts';
import { findCredentials, plainEmail } from '../users/index.ts';
import type { SessionDeps } from './session-deps.ts';

/** Nobody's mailbox is filled by strangers. */
const quietMs = 5 * 60_000;

/**
 * A link for a new password by mail. Known and unknown addresses get the same answer after the same work: each is one
 * row of the queue. Every question counts, also for who is known. @throws Refusal turned_off, too_many
 */
export async function forgotPassword(
  deps: SessionDeps,
  visitor: Visitor,
  input: Input<'password.forgot'>,
): Promise<Output<'password.forgot'>> {
  const { database, clock, throttle } = deps;
  refuseWithoutMail(deps);
  const email = plainEmail(input.email);
  await throttle.begin({ what: 'forgotten', account: email, address: visitor.address });
  const known = await findCredentials(database, { email });
  const userId = known === null || known.deactivated ? null : known.userId;
  await queueMail(database, { kind: 'reset', userId }, { now: clock.now(), quietMs });
  return {};
}

/** @throws Refusal turned_off */
export function refuseWithoutMail({ sendsMail }: Pick<SessionDeps, 'sendsMail'>): void {
  if (!sendsMail) throw new Refusal('turned_off', { setting: 'CONFAB_SMTP_URL' });
}
