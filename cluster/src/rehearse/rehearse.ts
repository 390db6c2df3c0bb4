import type { ChildProcess } from 'node:child_process';
import type { Clock } from '@confab/client/platform/index';
import { forkProgram } from '../platform/fork-program.ts';
import type { FromCrowd, Gathering, Outcome, ToCrowd } from './crowd/crowd-words.ts';
import type { Fault, FaultRow } from './faults/fault.ts';
import type { Cast } from './crowd/people.ts';
import { createTimeline, type Timeline } from './timeline.ts';

export interface Rehearsal {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly people: number;
  readonly perSecond: number;
  readonly outcome: Outcome;
  readonly rows: readonly FaultRow[];
  readonly timeline: Timeline;
}

export interface RehearsalOptions {
  readonly gathering: Gathering;
  /** One after the other; asked for the next when the last is over. */
  readonly faults: Iterable<Fault>;
  readonly perSecond: number;
  /** Calm before the first fault and after each, in milliseconds. */
  readonly calmMs: number;
  /** Tells this rehearsal's messages from those of another. */
  readonly run: string;
  /** The file that runs a crowd: this module's neighbour, or what the build made of it. */
  readonly crowdFile: string;
  /** For the crowd's Node, such as what loads TypeScript. */
  readonly execArgv: readonly string[];
  /** Certificates (PEM) that the crowd trusts besides the usual ones. */
  readonly extraCaFile: string | null;
  readonly clock: Clock;
  readonly onProgress: (line: string) => void;
  /** To be kept for the next time. */
  readonly onCast: (cast: Cast) => void;
}

/** How long, after all is mended, what was said before may take. */
const answersWithinMs = 60_000;

/** Lets people talk, hurts the cluster, and judges. The crowd is ended also when something goes wrong. */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsal> {
  const { clock, faults, perSecond } = options;
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => clock.after(milliseconds, resolve));
  const timeline = createTimeline();
  const child = startCrowd(options);
  const crowd = hear(child, timeline);
  /** What was said until now and still waits belongs to this fault, and not to the next one. */
  async function answered(): Promise<void> {
    const since = clock.now();
    while (!timeline.isThrough(since)) {
      if (clock.now() - since > answersWithinMs)
        throw new Error(`some messages had no answer after ${answersWithinMs / 1_000} s`);
      await pause(100);
    }
  }

  try {
    options.onProgress(`${options.gathering.people} people come in`);
    crowd.tell({ say: 'gather', ...options.gathering });
    const { cast } = await crowd.told('gathered');
    options.onCast(cast);
    crowd.tell({ say: 'enter', cast, run: options.run, perSecond });
    await crowd.told('entered');
    const startedAt = clock.now();
    crowd.tell({ say: 'talk' });
    await crowd.orFails(pause(options.calmMs));
    const spans: { fault: Fault; from: number; to: number; problem: string | null }[] = [];
    for (const fault of faults) {
      options.onProgress(fault.title);
      const from = clock.now();
      const problem = await crowd.orFails(suffer(fault, { pause, answered }));
      await crowd.orFails(pause(options.calmMs));
      spans.push({ fault, from, to: clock.now(), problem });
      if (problem !== null) options.onProgress(`  ${problem}`);
    }
    options.onProgress('everybody falls silent; what was said is compared');
    crowd.tell({ say: 'finish' });
    const { outcome } = await crowd.told('finished');
    const rows = spans.map(({ fault, from, to, problem }) => timeline.row(fault, { from, to }, problem));
    return {
      startedAt,
      endedAt: clock.now(),
      people: cast.people.length,
      perSecond,
      outcome,
      rows,
      timeline,
    };
  } finally {
    child.kill('SIGKILL');
  }
}

function startCrowd({ crowdFile, execArgv, extraCaFile }: RehearsalOptions): ChildProcess {
  // Node reads this one once, when it starts.
  const trust = extraCaFile === null ? {} : { NODE_EXTRA_CA_CERTS: extraCaFile };
  return forkProgram(crowdFile, { execArgv, env: trust });
}

/** @returns why it could not be done, or null */
async function suffer(
  fault: Fault,
  { pause, answered }: { pause: (milliseconds: number) => Promise<void>; answered: () => Promise<void> },
): Promise<string | null> {
  const problems: string[] = [];
  const attempt = async (what: string, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  await attempt('could not be done', () => fault.inject());
  await pause(fault.holdMs);
  await attempt('could not be mended', () => fault.heal());
  await attempt('did not settle', () => fault.settled());
  await attempt('was not over', answered);
  return problems.length > 0 ? problems.join('; ') : null;
}

type Told<Kind extends FromCrowd['tell']> = Extract<FromCrowd, { tell: Kind }>;

function hear(child: ChildProcess, timeline: Timeline) {
  const waiting = new Map<string, (words: FromCrowd) => void>();
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code, signal) => reject(new Error(`the crowd ended with ${code ?? signal}`)));
    child.on('message', (words: FromCrowd) => {
      if (words.tell === 'moment') timeline.add(words.moment);
      else if (words.tell === 'failed') reject(new Error(`the crowd failed: ${words.why}`));
      else waiting.get(words.tell)?.(words);
    });
  });
  // Whoever waits hears of it; nobody may be waiting.
  ended.catch(() => {});
  return {
    tell: (order: ToCrowd) => void child.send(order),
    told: <Kind extends FromCrowd['tell']>(kind: Kind): Promise<Told<Kind>> =>
      Promise.race([
        ended,
        new Promise<Told<Kind>>((resolve) => waiting.set(kind, (words) => resolve(words as Told<Kind>))),
      ]),
    orFails: <Result>(work: Promise<Result>): Promise<Result> => Promise.race([ended, work]),
  };
}
