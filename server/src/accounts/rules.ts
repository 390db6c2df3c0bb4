/** Who may change whom. Owners govern; administrators look after everybody who is no owner. */
import type { Role } from '@confab/protocol';
import { administers } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';

/** Somebody as they are now. */
interface Person {
  readonly id: string;
  readonly role: Role;
  readonly deactivated: boolean;
}

/** May they make somebody this? @throws Refusal forbidden */
export function refuseGiving(actor: Person, role: Role): void {
  if (!administers(actor)) throw new Refusal('forbidden', { needs: 'admin' });
  if (role === 'owner' && actor.role !== 'owner') throw new Refusal('forbidden', { needs: 'owner' });
}

/** May they change this person at all? Of an owner only owners may. @throws Refusal forbidden */
export function refuseTouching(actor: Person, person: Person): void {
  refuseGiving(actor, person.role);
}

/**
 * Would the workspace be left without anybody who governs it?
 * @param owners how many there are now, deactivated ones left out
 * @throws Refusal last_owner
 */
export function refuseLosingLastOwner(person: Person, owners: number): void {
  if (person.role === 'owner' && !person.deactivated && owners <= 1) throw new Refusal('last_owner');
}
