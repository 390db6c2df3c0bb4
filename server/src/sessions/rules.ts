/** Who may let others in, and with what. */
import type { Role, Workspace } from '@confab/protocol';
import { administers } from '../kit/caller.ts';

const rank: Readonly<Record<Role, number>> = { member: 0, admin: 1, owner: 2 };

/**
 * May somebody invite people who then have `role`? Asked when the link is made, and again when it is used: a link is
 * worth no more than its maker is by then.
 */
export function mayInvite(
  maker: { readonly role: Role; readonly deactivated: boolean },
  invitation: { readonly role: Role; readonly policy: Workspace['invitations'] },
): boolean {
  if (maker.deactivated) return false;
  if (invitation.policy === 'admins' && !administers(maker)) return false;
  return rank[invitation.role] <= rank[maker.role];
}

/** The domain of an address, as in `signUpDomains`. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}
