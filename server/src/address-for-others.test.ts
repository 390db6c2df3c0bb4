import { expect, it } from 'vitest';
import { addressForOthers } from './address-for-others.ts';

it.each([
  ['http://localhost:8080', '0.0.0.0', 'north:8080'],
  ['http://localhost:80', '::', 'north:80'],
  ['http://10.0.0.7:80', '10.0.0.7', '10.0.0.7:80'],
  ['http://[fd00::7]:8080', 'fd00::7', '[fd00::7]:8080'],
])('%s, listening on %s: %s', (address, host, reached) => {
  expect(addressForOthers(address, { host, nodeName: 'north' })).toBe(reached);
});
