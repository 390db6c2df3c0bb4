/** Some seeds of the full world, and that a seed is the same each time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { machine } from './platform/machine.ts';
import { openGround } from './open-ground.ts';
import { report } from './report.ts';
import { runSeed, type Outcome } from './run-seed.ts';
import { worlds } from './worlds.ts';

const seeds = 20;
const world = worlds.full;

let opened: Awaited<ReturnType<typeof openGround>>;
beforeAll(async () => {
  opened = await openGround(world);
}, 60_000);
afterAll(() => opened.close());

const run = (seed: number): Promise<Outcome> => runSeed({ seed, world, ground: opened.ground, machine });

describe.each(Array.from({ length: seeds }, (_, index) => 1 + index))('the full world, seed %i', (seed) => {
  it('keeps its promises', async () => {
    const outcome = await run(seed);
    if (outcome.finding) expect.fail(report(outcome, { world: world.name, build: 'real' }));
  }, 120_000);
});

describe('a seed of the full world', () => {
  it('is the same each time', async () => {
    expect((await run(7)).hash).toBe((await run(7)).hash);
  }, 120_000);
});
