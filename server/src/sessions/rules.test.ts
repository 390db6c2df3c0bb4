import { describe, expect, it } from 'vitest';
import { domainOf, mayInvite } from './rules.ts';
import { addressBlock } from './throttle.ts';

describe('inviting', () => {
  const maker = (role: 'owner' | 'admin' | 'member', deactivated = false) => ({ role, deactivated });
  const asked = (role: 'owner' | 'admin' | 'member', policy: 'everyone' | 'admins' = 'everyone') => ({
    role,
    policy,
  });

  it('gives nobody more than the maker has', () => {
    expect(mayInvite(maker('member'), asked('member'))).toBe(true);
    expect(mayInvite(maker('member'), asked('admin'))).toBe(false);
    expect(mayInvite(maker('admin'), asked('admin'))).toBe(true);
    expect(mayInvite(maker('admin'), asked('owner'))).toBe(false);
    expect(mayInvite(maker('owner'), asked('owner'))).toBe(true);
  });

  it('is for administrators where the workspace says so', () => {
    expect(mayInvite(maker('member'), asked('member', 'admins'))).toBe(false);
    expect(mayInvite(maker('admin'), asked('member', 'admins'))).toBe(true);
  });

  it('is for nobody who was deactivated', () => {
    expect(mayInvite(maker('owner', true), asked('member'))).toBe(false);
  });
});

describe('the domain of an address', () => {
  it('is what follows the last @, in lower case', () => {
    expect(domainOf('Ada@Example.ORG')).toBe('example.org');
    expect(domainOf('"a@evil.org"@example.org')).toBe('example.org');
    expect(domainOf('a@example.org@evil.org')).toBe('evil.org');
  });
});

describe('what counts as one address', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
    ['unknown', 'unknown'],
  ])('%s counts as %s', (address, block) => {
    expect(addressBlock(address)).toBe(block);
  });
});
