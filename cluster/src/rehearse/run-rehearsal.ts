import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock, systemRandom } from '@confab/client';
import { openCluster } from '../cluster.ts';
import { ClusterProblem } from '../problem.ts';
import { atRandom } from './faults/at-random.ts';
import { clusterFaults, smokeNames } from './faults/index.ts';
import { commandFaults, readPlan } from './faults/command-faults.ts';
import type { Fault } from './faults/fault.ts';
import type { Cast } from './crowd/people.ts';
import { rehearse } from './rehearse.ts';
import { reportPage } from './report/report-page.ts';
import { reportOf, type Report } from './report/report.ts';

export interface RehearsalWish {
  /** Whom to hurt: a cluster on this machine, or one that is reached by its address and hurt by an operator's commands. */
  readonly stage:
    | { readonly folder: string }
    | {
        readonly target: string;
        /** An administrator's access token. */
        readonly token: string;
        readonly planFile: string;
        /** Certificates (PEM) to trust besides the usual ones. */
        readonly caFile: string | null;
      };
  /** Which faults: all, each component once, or by name. */
  readonly faults: 'all' | 'smoke' | readonly string[];
  /** At random and for so long, instead of one after the other. */
  readonly soakMinutes: number | null;
  readonly people: number;
  readonly perSecond: number;
  /** Where the report goes, and the tokens of those who take part. */
  readonly reportFolder: string;
  /** The program of the crowd, as the build made it. */
  readonly crowdFile: string;
  readonly onProgress: (line: string) => void;
}

const teamSize = 20;
const calmMs = 4_000;

/** @throws ClusterProblem what an operator can mend */
export async function runRehearsal(wish: RehearsalWish): Promise<Report> {
  const { url, ownerToken, caFile, all, smoke } = openStage(wish);
  const faults = choose(all, wish.faults === 'smoke' ? smoke : wish.faults, wish.onProgress);
  const { reportFolder, soakMinutes } = wish;
  mkdirSync(reportFolder, { recursive: true });
  const castFile = join(reportFolder, 'people.json');
  const clock = systemClock;
  const rehearsal = await rehearse({
    gathering: { url, ownerToken, people: wish.people, teamSize, known: readCast(castFile) },
    faults:
      soakMinutes === null
        ? faults
        : atRandom(faults, { clock, random: systemRandom, forMs: soakMinutes * 60_000 }),
    perSecond: wish.perSecond,
    calmMs,
    run: systemRandom.id().slice(0, 8),
    crowdFile: wish.crowdFile,
    execArgv: [],
    extraCaFile: caFile,
    clock,
    onProgress: wish.onProgress,
    onCast: (cast) => writeFileSync(castFile, JSON.stringify(cast), { mode: 0o600 }),
  });
  const report = reportOf(rehearsal);
  writeFileSync(join(reportFolder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(reportFolder, 'report.html'), reportPage(report, rehearsal.timeline));
  return report;
}

interface Stage {
  readonly url: string;
  readonly ownerToken: string;
  readonly caFile: string | null;
  readonly all: readonly Fault[];
  /** Names of those of `--smoke`. */
  readonly smoke: readonly string[];
}

function openStage({ stage }: RehearsalWish): Stage {
  if ('folder' in stage) {
    const cluster = openCluster(stage.folder);
    const { publicUrl: url, caFile, owner } = cluster;
    const all = clusterFaults({ cluster, clock: systemClock });
    return { url, caFile, ownerToken: owner.token, all, smoke: smokeNames(cluster.ground) };
  }
  const { target: url, token: ownerToken, caFile, planFile } = stage;
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => systemClock.after(milliseconds, resolve));
  const all = commandFaults(planIn(planFile), pause);
  // Whoever wrote the plan chose already.
  return { url, ownerToken, caFile, all, smoke: all.map(({ name }) => name) };
}

function planIn(file: string) {
  try {
    return readPlan(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ClusterProblem(`the plan ${file} cannot be used: ${(error as Error).message}`, error);
  }
}

function choose(
  all: readonly Fault[],
  wanted: 'all' | readonly string[],
  say: (line: string) => void,
): readonly Fault[] {
  if (wanted === 'all') {
    const left = all.filter(({ impossible }) => impossible !== undefined);
    if (left.length > 0)
      say(`left out: ${left.map(({ name }) => name).join(', ')} (${left[0]?.impossible ?? ''})`);
    return all.filter((fault) => !left.includes(fault));
  }
  return wanted.map((name) => {
    const found = all.find((fault) => fault.name === name);
    if (found?.impossible !== undefined)
      throw new ClusterProblem(`${name} cannot be done: ${found.impossible}`);
    if (found) return found;
    throw new ClusterProblem(
      `no fault is called ${name}; there are ${all.map((one) => one.name).join(', ')}`,
    );
  });
}

function readCast(file: string): Cast | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Cast) : null;
}
