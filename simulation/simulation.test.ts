/** Many seeds of both worlds; that a seed is the same each time; and that broken builds are found. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneTestDatabase, startTestPostgres, type TestPostgres } from '../tests/support/postgres.ts';
import { builds } from './broken/index.ts';
import { createGround, type Ground } from './ground.ts';
import { report } from './report.ts';
import { runSeed } from './run-seed.ts';
import type { Machine } from './scheduler.ts';
import { worlds, type WorldName } from './worlds.ts';

const machine: Machine = {
  turn: () => new Promise((resolve) => setImmediate(resolve)),
  now: () => performance.now(),
  alarm(afterMs, work) {
    const timer = setTimeout(work, afterMs);
    return { cancel: () => clearTimeout(timer) };
  },
  onUnhandled(listener) {
    process.on('unhandledRejection', listener);
    return () => process.off('unhandledRejection', listener);
  },
};

/** Seeds in one test; broken builds are found within so many. */
const chunk = 20;
const smallSeeds = 300;
const fullSeeds = 20;

const chunksOf = (count: number, size: number): number[] =>
  Array.from({ length: count / size }, (_, index) => 1 + index * size);

// A Postgres of its own: other tests' transactions would show in what readers of the whole log may read yet.
let postgres: TestPostgres;
const closing: (() => Promise<void>)[] = [];
const grounds: Partial<Record<WorldName, Ground>> = {};

async function groundOf(name: WorldName): Promise<Ground> {
  const { address, close } = await cloneTestDatabase(postgres.address, 1);
  const ground = await createGround(address, worlds[name]);
  closing.push(ground.close, close);
  return ground;
}

beforeAll(async () => {
  postgres = await startTestPostgres();
  grounds.small = await groundOf('small');
  grounds.full = await groundOf('full');
}, 60_000);

afterAll(async () => {
  for (const close of closing) await close();
  await postgres.stop();
});

function run(name: WorldName, seed: number, build?: (typeof builds)[number]) {
  const ground = grounds[name];
  if (!ground) throw new Error('there is no ground yet');
  return runSeed({ seed, world: worlds[name], ground, machine, ...(build ? { build } : {}) });
}

async function keepsItsPromises(name: WorldName, range: { from: number; count: number }): Promise<void> {
  for (let seed = range.from; seed < range.from + range.count; seed += 1) {
    const outcome = await run(name, seed);
    if (outcome.finding) expect.fail(report(outcome, { world: name, build: 'real' }));
  }
}

describe.each(chunksOf(smallSeeds, chunk))('the small world, 20 seeds from %i', (from) => {
  it('keeps its promises', () => keepsItsPromises('small', { from, count: chunk }), 300_000);
});

describe.each(chunksOf(fullSeeds, 2))('the full world, 2 seeds from %i', (from) => {
  it('keeps its promises', () => keepsItsPromises('full', { from, count: 2 }), 300_000);
});

describe('a seed', () => {
  it.each(['small', 'full'] as const)(
    'of the %s world is the same each time',
    async (name) => {
      const [first, again] = [await run(name, 7), await run(name, 7)];
      expect(again.hash).toBe(first.hash);
      expect((await run(name, 8)).hash).not.toBe(first.hash);
    },
    300_000,
  );
});

describe('a build that', () => {
  it.each(builds)(
    '$name is found',
    async (build) => {
      const found: string[] = [];
      for (let seed = 1; seed <= chunk; seed += 1) {
        const { finding } = await run('small', seed, build);
        if (finding) found.push(finding.promise);
        if (finding && build.breaks.includes(finding.promise)) return;
      }
      expect.fail(`${build.what} In ${chunk} seeds that was not found, only: ${found.join(', ')}`);
    },
    300_000,
  );
});
