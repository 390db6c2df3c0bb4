/** The tester is tested: every build that is broken on purpose is found, for its own fault. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builds } from './broken/index.ts';
import { machine } from './platform/machine.ts';
import { openGround } from './open-ground.ts';
import { report } from './report.ts';
import { runSeed } from './run-seed.ts';
import { worlds, type WorldName } from './worlds.ts';

/** Within so many; the rarest is found in three of a hundred. */
const seeds = 150;

const opened = new Map<WorldName, Awaited<ReturnType<typeof openGround>>>();
beforeAll(async () => {
  for (const name of ['small', 'doors'] as const) opened.set(name, await openGround(worlds[name]));
}, 60_000);
afterAll(async () => {
  for (const { close } of opened.values()) await close();
});

describe('a build that', () => {
  it.each(builds)(
    '$name is found, and its seed shown again by one command',
    async (build) => {
      const name = build.world ?? 'small';
      const ground = opened.get(name)?.ground;
      if (!ground) throw new Error(`there is no ground for the world ${name}`);
      const found: string[] = [];
      for (let seed = 1; seed <= seeds; seed += 1) {
        const outcome = await runSeed({ seed, world: worlds[name], ground, machine, build });
        const promise = outcome.finding?.promise;
        if (promise === undefined) continue;
        found.push(promise);
        if (!build.breaks.includes(promise)) continue;
        expect(report(outcome, { world: name, build: build.name })).toContain(
          `npm run simulate -- --seed ${seed} --world ${name} --build ${build.name} --trace`,
        );
        return;
      }
      expect.fail(`${build.what} In ${seeds} seeds that was not found, only: ${found.join(', ')}`);
    },
    300_000,
  );
});
