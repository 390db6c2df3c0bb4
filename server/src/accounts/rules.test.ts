import type { Role } from '@confab/protocol';
import { describe, expect, it } from 'vitest';
import { refuseGiving, refuseLosingLastOwner, refuseTouching } from './rules.ts';

const roles: readonly Role[] = ['owner', 'admin', 'member'];
const person = (role: Role, deactivated = false) => ({ id: '1001', role, deactivated });
const refused = (work: () => void): string | null => {
  try {
    work();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('changing people', () => {
  it.each(roles.flatMap((actor) => roles.map((role) => [actor, role] as const)))(
    'by %s, of or into %s',
    (actor, role) => {
      const allowed = actor === 'owner' || (actor === 'admin' && role !== 'owner');
      expect(refused(() => refuseGiving(person(actor), role))).toBe(allowed ? null : 'forbidden');
      expect(refused(() => refuseTouching(person(actor), person(role)))).toBe(allowed ? null : 'forbidden');
    },
  );

  it('never takes the last owner away', () => {
    expect(refused(() => refuseLosingLastOwner(person('owner'), 1))).toBe('last_owner');
    expect(refused(() => refuseLosingLastOwner(person('owner'), 2))).toBeNull();
    expect(refused(() => refuseLosingLastOwner(person('admin'), 1))).toBeNull();
    // One who was deactivated is none of those counted.
    expect(refused(() => refuseLosingLastOwner(person('owner', true), 1))).toBeNull();
  });
});
