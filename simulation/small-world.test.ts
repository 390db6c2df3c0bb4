/** Many seeds of the small world, and that a seed is the same each time. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { machine } from './platform/machine.ts';
import { openGround } from './open-ground.ts';
import { report } from './report.ts';
import { runSeed, type Outcome } from './run-seed.ts';
import { worlds } from './worlds.ts';

const seeds = 300;
/** In one test. */
const chunk = 20;
const world = worlds.small;

let opened: Awaited<ReturnType<typeof openGround>>;
beforeAll(async () => {
  opened = await openGround(world);
}, 60_000);
afterAll(() => opened.close());

const run = (seed: number): Promise<Outcome> => runSeed({ seed, world, ground: opened.ground, machine });

describe.each(Array.from({ length: seeds / chunk }, (_, index) => 1 + index * chunk))(
  'the small world, 20 seeds from %i',
  (from) => {
    it('keeps its promises', async () => {
      for (let seed = from; seed < from + chunk; seed += 1) {
        const outcome = await run(seed);
        if (outcome.finding) expect.fail(report(outcome, { world: world.name, build: 'real' }));
      }
    }, 300_000);
  },
);

describe('a seed of the small world', () => {
  it('is the same each time', async () => {
    const [first, again] = [await run(7), await run(7)];
    expect(again.hash).toBe(first.hash);
    expect((await run(8)).hash).not.toBe(first.hash);
  }, 60_000);
});
