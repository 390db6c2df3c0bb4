import type { Input, Output, Role } from '@confab/protocol';
import type { Visitor } from '../kit/caller.ts';
import { plainLine } from '../kit/plain-line.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { plainEmail } from '../users/index.ts';
import { findWorkspace } from '../workspace/index.ts';
import { admitNewcomer, prepareAdmission } from './admit-newcomer.ts';
import type { SessionDeps } from './session-deps.ts';
import { findInvitation, useInvitation } from './invitation-store.ts';
import { refuseWorthless } from './invitations.ts';
import { openSession } from './open-session.ts';
import { domainOf } from './rules.ts';
import { hashSecret } from './secrets.ts';

/**
 * Joins with an invitation, or with an address of a listed domain. That an address has an account already is told only
 * to who could have made one with it, and each such answer counts as an attempt: outsiders learn nothing, and those
 * with a link no more than a few addresses an hour.
 * @throws Refusal gone, forbidden, taken, too_many, invalid
 */
export async function signUp(
  deps: SessionDeps,
  visitor: Visitor,
  input: Input<'session.signUp'>,
): Promise<Output<'session.signUp'>> {
  const { database, log, passwords, random, throttle, clock } = deps;
  const name = plainLine(input.name, { path: '/name' });
  const email = plainEmail(input.email);
  const way: Way = { email, invitation: input.invitation ?? null };
  const attempt = await throttle.begin({ what: 'sign-up', address: visitor.address });
  await lookAt(database, way, clock.now());
  const passwordHash = await passwords.hash(input.password);
  const { roomIds, streams } = await prepareAdmission(database);

  const { user, session } = await log.write(streams, async (tx, log) => {
    const role = await goThrough(tx, way, log.at);
    const handle = input.handle ?? null;
    const user = await admitNewcomer(tx, log, { name, handle, email, role, passwordHash, roomIds });
    const session = await openSession(tx, log, { random, userId: user.id, visitor });
    await attempt.succeed(tx);
    return { user, session };
  });
  visitor.startSession(session.secret, session.expiresAt);
  return { user, sessionId: session.id };
}

/** How somebody comes in: a link they were given, or else the domain of their address. */
interface Way {
  readonly email: string;
  readonly invitation: string | null;
}

/** Before the costly work: is it open? */
async function lookAt(tx: Tx, way: Way, now: number): Promise<void> {
  if (way.invitation === null) return refuseOtherDomains(tx, way.email);
  await refuseWorthless(tx, await findInvitation(tx, hashSecret(way.invitation), new Date(now)));
}

/** With the workspace's stream locked. @returns what the newcomer becomes */
async function goThrough(tx: Tx, way: Way, now: number): Promise<Role> {
  if (way.invitation === null) {
    await refuseOtherDomains(tx, way.email);
    return 'member';
  }
  const invitation = await useInvitation(tx, hashSecret(way.invitation), new Date(now));
  return (await refuseWorthless(tx, invitation)).role;
}

async function refuseOtherDomains(tx: Tx, email: string): Promise<void> {
  const { signUpDomains } = await findWorkspace(tx);
  if (!signUpDomains.includes(domainOf(email))) throw new Refusal('forbidden', { needs: 'invitation' });
}
