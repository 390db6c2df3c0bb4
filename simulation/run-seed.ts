/**
 * One seed, from a fresh ground to the last check: a calm start, safety under fire, then everything is healed and rest
 * is demanded. The first broken promise ends it.
 */
import { createSeededRandom } from '@confab/server/platform/random/index';
import { checkAccess } from './checks/access.ts';
import { checkAcknowledgements, type SentMessage } from './checks/acknowledgements.ts';
import { checkDelivered } from './checks/delivered.ts';
import { createFindings, type Finding, type Findings } from './checks/findings.ts';
import { checkFinalLog } from './checks/final-log.ts';
import { readWholeLog } from './checks/log-reading.ts';
import { checkOutboxes } from './checks/outboxes.ts';
import { createChoices, type Choices } from './choices.ts';
import { createCluster, type Cluster } from './cluster/cluster.ts';
import { realBuild, type Build } from './cluster/build.ts';
import { faults } from './faults.ts';
import type { Ground } from './ground.ts';
import { awaitRest, heal } from './heal.ts';
import { actions } from './people/actions.ts';
import type { Actor } from './people/actor.ts';
import { createScheduler, type Machine, type Scheduler } from './scheduler.ts';
import { createTrace, type Trace } from './trace.ts';
import type { World } from './worlds.ts';

export interface SeedOptions {
  readonly seed: number;
  readonly world: World;
  readonly ground: Ground;
  readonly machine: Machine;
  readonly build?: Build;
  /** Hears of every line. */
  readonly echo?: (line: string) => void;
}

export interface Outcome {
  readonly seed: number;
  readonly finding: Finding | null;
  /** Of everything that was chosen, sent, asked and answered. */
  readonly hash: string;
  readonly steps: number;
  readonly virtualMs: number;
  readonly realMs: number;
  readonly sent: number;
  readonly trace: Trace;
}

/** What one seed runs with. */
export interface Run {
  readonly world: World;
  readonly ground: Ground;
  readonly scheduler: Scheduler;
  readonly choices: Choices;
  readonly trace: Trace;
  readonly findings: Findings;
  readonly cluster: Cluster;
  readonly sent: SentMessage[];
}

const startMaxMs = 30_000;

export async function runSeed(options: SeedOptions): Promise<Outcome> {
  const { seed, world, ground, machine, build = realBuild } = options;
  const startedAt = machine.now();
  const choices = createChoices(createSeededRandom(seed));
  let scheduler: Scheduler | null = null;
  const trace = createTrace({ now: () => scheduler?.nowMs ?? 0, echo: options.echo });
  scheduler = createScheduler({ machine, note: trace.note });
  const findings = createFindings(trace);
  const ignore = machine.onUnhandled((error) =>
    findings.broken('heard', error instanceof Error ? (error.stack ?? '') : String(error)),
  );
  const sent: SentMessage[] = [];
  try {
    await ground.reset();
    const cluster = await createCluster({ scheduler, choices, trace, findings, ground, world, build });
    const run: Run = { world, ground, scheduler, choices, trace, findings, cluster, sent };
    await live(run);
  } catch (error) {
    findings.broken('simulation', error instanceof Error ? (error.stack ?? '') : String(error));
  } finally {
    ignore();
  }
  return {
    seed,
    finding: findings.first,
    hash: trace.hash,
    steps: scheduler.steps,
    virtualMs: scheduler.nowMs,
    realMs: machine.now() - startedAt,
    sent: sent.length,
    trace,
  };
}

async function live(run: Run): Promise<void> {
  const phases = [start, storm, heal, awaitRest, checkTheEnd];
  for (const phase of phases) {
    run.trace.note(`--- ${phase.name}`);
    await phase(run);
    if (run.findings.first) return;
  }
}

/** Everybody connects and looks into a room, in good weather. */
async function start({ cluster, scheduler, choices, findings }: Run): Promise<void> {
  for (const node of cluster.nodes) {
    cluster.later(choices.between(0, 20), `${node.name} is switched on`, node.start);
  }
  for (const device of cluster.devices) {
    cluster.later(choices.between(30, 60), `${device.device} is switched on`, device.start);
  }
  const isReady = (): boolean => cluster.devices.every(({ client }) => client.state.positions !== null);
  if (!(await scheduler.run(startMaxMs, () => isReady() || findings.first !== null))) {
    findings.broken('entry', 'Somebody has no state yet.');
  }
}

async function storm(run: Run): Promise<void> {
  const { cluster, scheduler, choices, findings, world } = run;
  let count = 0;
  const actors = cluster.devices.map((device): Actor => ({
    device,
    choices,
    people: run.ground.people,
    knownRooms: () => [...new Set([...run.ground.roomIds, ...cluster.checks.recording.roomIds])],
    note: run.trace.note,
    remember: (message) => run.sent.push(message),
    rememberAgain: (clientId) => {
      const message = run.sent.find((one) => one.clientId === clientId);
      if (message) message.isSentAgain = true;
    },
    count: () => (count += 1),
    onBug: (error) =>
      findings.broken('clientBugless', error instanceof Error ? (error.stack ?? '') : String(error)),
  }));
  cluster.setWeather(world.storm);
  for (let step = 0; step < world.steps && !findings.first; step += 1) {
    if (choices.chance(world.faultiness)) {
      const name = choices.weighted(world.faults);
      run.trace.note(`fault ${name}`);
      faults[name](cluster);
    } else {
      const actor = choices.pick(actors.filter(({ device }) => device.isOn));
      if (actor) actions[choices.weighted(world.habits)](actor);
    }
    await scheduler.run(choices.between(0, world.pauseMaxMs), () => findings.first !== null);
  }
}

async function checkTheEnd({ cluster, ground, findings, sent }: Run): Promise<void> {
  const { recording, commits } = cluster.checks;
  if (!(await commits.sawAll()))
    findings.broken('simulation', 'Events came into the log that were not seen.');
  const log = await readWholeLog(ground.database);
  checkFinalLog(log, findings);
  checkAcknowledgements({ log, recording, sent, findings });
  checkDelivered(log, recording, findings);
  checkAccess({ log, recording, headAfter: commits.headAfter, findings });
  checkOutboxes({ log, sent, devices: cluster.devices, findings });
}
