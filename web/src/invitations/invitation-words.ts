import type { Invitation } from '@confab/protocol';
import type { Words } from '../language/index.ts';
import type { TimeFormat } from '../platform/index.ts';

/** "For one person", "3 of 25 used" */
export function usesWords(
  { uses, usesMax }: Pick<Invitation, 'uses' | 'usesMax'>,
  { invitations }: Words,
): string {
  const { used, forPeople } = invitations.list;
  return uses > 0 ? used(String(uses), String(usesMax)) : forPeople(usesMax);
}

/** "expires in 6 days" */
export function expiryWords(
  { expiresAt }: Pick<Invitation, 'expiresAt'>,
  time: TimeFormat,
  { invitations }: Words,
): string {
  return invitations.list.expires(time.relative(expiresAt));
}
