import type { Invitation, Role } from '@confab/protocol';
import type { TimeFormat } from '../platform/index.ts';

export const roleNames: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  admin: 'Administrator',
  member: 'Member',
};

/** "For one person", "3 of 25 used" */
export function usesWords({ uses, usesMax }: Pick<Invitation, 'uses' | 'usesMax'>): string {
  if (uses > 0) return `${uses} of ${usesMax} used`;
  return usesMax === 1 ? 'For one person' : `For ${usesMax} people`;
}

/** "expires in 6 days" */
export function expiryWords({ expiresAt }: Pick<Invitation, 'expiresAt'>, time: TimeFormat): string {
  return `expires ${time.relative(expiresAt)}`;
}
