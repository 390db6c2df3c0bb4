/** Links by which people come in. Made by members or administrators, as the workspace says. */
import { limits, type Input, type Invitation, type Output, type User } from '@confab/protocol';
import { administers, type Caller, type Visitor } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { userStream } from '../delivery/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { findUser, forActing } from '../users/index.ts';
import { findWorkspace } from '../workspace/index.ts';
import type { SessionDeps } from './session-deps.ts';
import { deleteInvitation, findInvitation, findInvitations, insertInvitation } from './invitation-store.ts';
import { mayInvite } from './rules.ts';
import { hashSecret, makeSecret } from './secrets.ts';

export const invitationHoursUsual = 7 * 24;
const usesDefault = 25;
const hourMs = 3_600_000;

/** @throws Refusal forbidden, limit_reached */
export async function createInvitation(
  deps: SessionDeps,
  caller: Caller,
  input: Input<'invitation.create'>,
): Promise<Output<'invitation.create'>> {
  const { hours = invitationHoursUsual, usesMax = usesDefault, role = 'member' } = input;
  const { secret, hash } = makeSecret(deps.random, 'invitation');
  // The maker's own stream is locked so that many at once are counted.
  const invitation = await deps.log.write([userStream(caller.userId)], async (tx, log) => {
    const maker = await forActing(tx, caller.userId);
    const { invitations: policy } = await findWorkspace(tx);
    if (!mayInvite(maker, { role, policy })) {
      throw new Refusal('forbidden', {
        needs: mayInvite(maker, { role: 'member', policy }) ? role : 'admin',
      });
    }
    const at = new Date(log.at);
    const open = await findInvitations(tx, { createdBy: caller.userId, now: at });
    if (open.length >= limits.invitationsMax) {
      throw new Refusal('limit_reached', { limit: limits.invitationsMax });
    }
    const expiresAt = new Date(log.at + hours * hourMs);
    return insertInvitation(tx, { createdBy: caller.userId, secretHash: hash, role, at, expiresAt, usesMax });
  });
  return { invitation, secret, url: `${deps.publicUrl ?? ''}/join/${secret}` };
}

/** One's own; those who administer see all. */
export async function listInvitations(deps: SessionDeps, caller: Caller): Promise<Output<'invitation.list'>> {
  const { database, clock } = deps;
  const createdBy = administers(caller) ? null : caller.userId;
  return { invitations: await findInvitations(database, { createdBy, now: new Date(clock.now()) }) };
}

/** @throws Refusal not_found, also for somebody else's unless one administers */
export async function revokeInvitation(
  deps: SessionDeps,
  caller: Caller,
  input: Input<'invitation.revoke'>,
): Promise<Output<'invitation.revoke'>> {
  const createdBy = administers(caller) ? null : caller.userId;
  const found = await deleteInvitation(deps.database, { id: input.invitationId, createdBy });
  if (!found) throw new Refusal('not_found', { what: 'invitation' });
  return {};
}

/** What a link leads to. @throws Refusal gone, too_many */
export async function lookAtInvitation(
  deps: SessionDeps,
  visitor: Visitor,
  input: Input<'invitation.look'>,
): Promise<Output<'invitation.look'>> {
  const { database, clock, throttle } = deps;
  const attempt = await throttle.begin({ what: 'link', address: visitor.address });
  const invitation = await findInvitation(database, hashSecret(input.secret), new Date(clock.now()));
  const { maker } = await refuseWorthless(database, invitation);
  await attempt.succeed(database);
  const { name } = await findWorkspace(database);
  return { workspaceName: name, invitedBy: maker.name };
}

/**
 * A link is worth no more than its maker is now.
 * @returns what the newcomer becomes, and who invited them
 * @throws Refusal gone
 */
export async function refuseWorthless(
  tx: Tx,
  invitation: Invitation | null,
): Promise<{ role: Invitation['role']; maker: User }> {
  if (!invitation) throw new Refusal('gone');
  const maker = await findUser(tx, invitation.createdBy);
  const { invitations: policy } = await findWorkspace(tx);
  if (!maker || !mayInvite(maker, { role: invitation.role, policy })) throw new Refusal('gone');
  return { role: invitation.role, maker };
}
