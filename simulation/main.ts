/** `npm run simulate -- --seed 4711 --world small --trace`, or `-- --seeds 10000 [--world full] [--from N]`. */
import { parseArgs } from 'node:util';
import { builds } from './broken/index.ts';
import { realBuild, type Build } from './cluster/build.ts';
import { machine } from './platform/machine.ts';
import { openGround } from './open-ground.ts';
import { report } from './report.ts';
import { runSeed } from './run-seed.ts';
import { worlds, type World, type WorldName } from './worlds.ts';

interface Order {
  readonly world: World;
  readonly build: Build;
  readonly from: number;
  readonly count: number;
  readonly trace: boolean;
}

function readOrder(): Order {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      seeds: { type: 'string', default: '100' },
      from: { type: 'string', default: '1' },
      world: { type: 'string', default: 'small' },
      build: { type: 'string', default: 'real' },
      trace: { type: 'boolean', default: false },
    },
  });
  const build = [realBuild, ...builds].find(({ name }) => name === values.build);
  if (!Object.hasOwn(worlds, values.world)) throw new Error(`there is no world ${values.world}`);
  if (!build) throw new Error(`there is no build ${values.build}`);
  return {
    world: worlds[values.world as WorldName],
    build,
    from: Number(values.seed ?? values.from),
    count: values.seed === undefined ? Number(values.seeds) : 1,
    trace: values.trace,
  };
}

async function main(): Promise<number> {
  const { world, build, from, count, trace } = readOrder();
  const { ground, close } = await openGround(world);
  let failures = 0;
  try {
    const startedAt = machine.now();
    for (let seed = from; seed < from + count; seed += 1) {
      const echo = trace ? { echo: (line: string) => console.log(line) } : {};
      const outcome = await runSeed({ seed, world, build, ground, machine, ...echo });
      if (outcome.finding) {
        failures += 1;
        console.log(`\n${report(outcome, { world: world.name, build: build.name })}\n`);
      }
      const done = seed - from + 1;
      if (count === 1) console.log(describe(outcome));
      else if (done % 50 === 0 || done === count) {
        const perSecond = (done * 1_000) / (machine.now() - startedAt);
        console.log(`${done} of ${count} seeds, ${failures} failed, ${perSecond.toFixed(1)} seeds/s`);
      }
    }
  } finally {
    await close();
  }
  return failures;
}

function describe(outcome: Awaited<ReturnType<typeof runSeed>>): string {
  const { seed, steps, virtualMs, realMs, sent, hash } = outcome;
  const time = `${(virtualMs / 1_000).toFixed(1)} s simulated in ${realMs.toFixed(0)} ms`;
  return `seed ${seed}: ${steps} steps, ${sent} messages, ${time}, hash ${hash}`;
}

process.exitCode = (await main()) === 0 ? 0 : 1;
