import { expect, it } from 'vitest';
import { randomContract } from './contract.ts';
import { createSeededRandom } from './seeded.ts';
import { systemRandom } from './system.ts';

randomContract('system', () => systemRandom);
randomContract('seeded', () => createSeededRandom(7));

it('replays the same ids for the same seed, and others for another', () => {
  const first = createSeededRandom(1);
  const again = createSeededRandom(1);
  expect([first.id(), first.secret(8), first.fraction()]).toEqual([
    again.id(),
    again.secret(8),
    again.fraction(),
  ]);
  expect(createSeededRandom(2).id()).not.toBe(createSeededRandom(1).id());
});
