import type { Role, User } from '@confab/protocol';

/** What may be offered; the server decides. Of an owner only owners may change anything. */
export function mayChange(actor: Pick<User, 'role'>, person: Pick<User, 'role'>): boolean {
  return actor.role === 'owner' || (actor.role === 'admin' && person.role !== 'owner');
}

/** Roles somebody may give, highest first. */
export function rolesOfferedBy(actor: Pick<User, 'role'>): readonly Role[] {
  if (actor.role === 'owner') return ['owner', 'admin', 'member'];
  return actor.role === 'admin' ? ['admin', 'member'] : [];
}
