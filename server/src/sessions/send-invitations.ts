import { limits, type Input, type Invitation, type Output } from '@confab/protocol';
import { userStream } from '../delivery/index.ts';
import { administers, type Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { queueMail } from '../mail/index.ts';
import { findCredentials, forActing, plainEmail } from '../users/index.ts';
import { findWorkspace } from '../workspace/index.ts';
import { refuseWithoutMail } from './forgot-password.ts';
import { findInvitations, insertInvitation } from './invitation-store.ts';
import { invitationHoursUsual } from './invitations.ts';
import { mayInvite } from './rules.ts';
import { makeSecret } from './secrets.ts';
import type { SessionDeps } from './session-deps.ts';

const hourMs = 3_600_000;

/**
 * One invitation for one person to each address, by mail. Only who administers may: the workspace writes to strangers in its
 * own name. @throws Refusal turned_off, forbidden, limit_reached, invalid
 */
export async function sendInvitations(
  deps: SessionDeps,
  caller: Caller,
  input: Input<'invitation.send'>,
): Promise<Output<'invitation.send'>> {
  const { hours = invitationHoursUsual, role = 'member' } = input;
  refuseWithoutMail(deps);
  const addresses = new Map(input.emails.map(plainEmail).map((email) => [email.toLowerCase(), email]));
  return deps.log.write([userStream(caller.userId)], async (tx, log) => {
    const maker = await forActing(tx, caller.userId);
    const { invitations: policy } = await findWorkspace(tx);
    if (!administers(maker)) throw new Refusal('forbidden', { needs: 'admin' });
    if (!mayInvite(maker, { role, policy })) throw new Refusal('forbidden', { needs: role });
    const at = new Date(log.at);
    const open = await findInvitations(tx, { createdBy: caller.userId, now: at });
    if (open.length + addresses.size > limits.invitationsMax) {
      throw new Refusal('limit_reached', { limit: limits.invitationsMax });
    }
    const invitations: Invitation[] = [];
    const members: string[] = [];
    const expiresAt = new Date(log.at + hours * hourMs);
    for (const email of addresses.values()) {
      if ((await findCredentials(tx, { email })) !== null) {
        members.push(email);
        continue;
      }
      // Nobody ever has this secret: the letter gets one of its own when it is written.
      const { hash } = makeSecret(deps.random, 'invitation');
      const invitation = await insertInvitation(tx, {
        createdBy: caller.userId,
        secretHash: hash,
        role,
        at,
        expiresAt,
        usesMax: 1,
      });
      invitations.push(invitation);
      const mail = {
        kind: 'invitation',
        userId: caller.userId,
        address: email,
        subjectId: invitation.id,
      } as const;
      await queueMail(tx, mail, { now: log.at });
    }
    return { invitations, members };
  });
}
