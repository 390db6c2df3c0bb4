import type { Histogram } from './histogram.ts';
import type { Second } from './load/load-words.ts';
import type { ProfileName } from './profiles.ts';

/** What a kind of server process used in a round, all of the kind together. */
export interface ProcessUse {
  readonly name: string;
  readonly processes: number;
  readonly cpuSeconds: number;
  /** At the end of the round; of memory that processes share, each counts its part. */
  readonly bytes: number;
}

export interface RoundResult {
  readonly seconds: number;
  readonly sendsPerSecond: number;
  readonly deliveriesPerSecond: number;
  readonly calls: number;
  readonly errors: number;
  /** Connections that were too far behind and went on from the head. */
  readonly resyncs: number;
  readonly sendP50Ms: number;
  readonly sendP99Ms: number;
  readonly deliveryP50Ms: number;
  readonly deliveryP99Ms: number;
  /** Of all calls, sends among them. */
  readonly callMeanMs: number;
  readonly callP99Ms: number;
  /** How much of the whole machine was busy, 0 to 1: with the load, and whoever else was there. */
  readonly machineBusy: number;
  /** CPU seconds of the processes that made the load. */
  readonly loadCpuSeconds: number;
  readonly servers: readonly ProcessUse[];
  /** Storm: until the last one, and the median one, was back. */
  readonly backLastMs: number | null;
  readonly backP50Ms: number | null;
}

export interface Account {
  readonly acknowledged: number;
  /** Acknowledged and not in the room's log, or skipped on the way to a connection without a word. */
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
}

export interface BenchResult {
  readonly profile: ProfileName;
  readonly meaning: string;
  readonly target: string;
  readonly startedAt: string;
  readonly version: string | null;
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGb: number;
    readonly node: string;
  };
  readonly people: number;
  readonly connections: number;
  readonly perSecond: number;
  readonly rounds: readonly RoundResult[];
  readonly account: Account;
  readonly firstError: string | null;
  /** Office: whether Mattermost's criterion holds, in the median, for errors in all; null for other profiles. */
  readonly passes: boolean | null;
  readonly send: Histogram;
  readonly delivery: Histogram;
  readonly timeline: readonly Second[];
}

/** Mattermost's: errors under 0.025 %, a mean call under 100 ms, p99 under 2 s, the CPU under 85 %. */
export const criterion = { errorShare: 0.000_25, meanMs: 100, p99Ms: 2_000, busy: 0.85 } as const;

export function passesCriterion(rounds: readonly RoundResult[]): boolean {
  const sumOf = (of: (round: RoundResult) => number): number =>
    rounds.reduce((sum, round) => sum + of(round), 0);
  const errors = sumOf((round) => round.errors);
  const errorShare = errors / Math.max(1, errors + sumOf(({ calls }) => calls));
  return (
    errorShare < criterion.errorShare &&
    medianOf(rounds, ({ callMeanMs }) => callMeanMs) < criterion.meanMs &&
    medianOf(rounds, ({ callP99Ms }) => callP99Ms) < criterion.p99Ms &&
    medianOf(rounds, ({ machineBusy }) => machineBusy) < criterion.busy
  );
}

/** NaN when there is none. */
export function medianOf(rounds: readonly RoundResult[], of: (round: RoundResult) => number): number {
  const sorted = rounds.map(of).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export const isClean = ({ lost, doubled, outOfOrder }: Account): boolean => lost + doubled + outOfOrder === 0;
