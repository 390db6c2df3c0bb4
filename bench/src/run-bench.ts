import { cpus, totalmem } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { accountFor } from './account.ts';
import { startCrew, type Crew } from './crew.ts';
import { merged, quantile, type Histogram } from './histogram.ts';
import type { RoundCount, Seat, Second, Storm } from './load/load-words.ts';
import type { Profile } from './profiles.ts';
import { passesCriterion, type BenchResult, type ProcessUse, type RoundResult } from './result.ts';
import { useOf } from './servers.ts';

export interface BenchWish {
  readonly profile: Profile;
  readonly url: string;
  readonly version: string | null;
  readonly seats: readonly Seat[];
  readonly people: number;
  /** All together. */
  readonly perSecond: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly processes: number;
  /** The processes of the server that run here. */
  readonly pids: () => readonly number[];
  readonly loadFile: string;
  readonly execArgv: readonly string[];
  readonly onProgress: (line: string) => void;
  readonly storm?: Storm;
  /** Nobody is there. */
  readonly onStorm?: () => void;
}

const usualStorm: Storm = { awayMs: 0, withinMs: 10_000 };

export async function runBench(wish: BenchWish): Promise<BenchResult> {
  const { profile, seats, onProgress } = wish;
  const timeline = new Map<number, Second>();
  const crew = startCrew({ ...wish, onSecond: (second) => addSecond(timeline, second) });
  try {
    onProgress(`${seats.length} connections come in`);
    const plan = profile.plan(wish);
    await crew.enter({ url: wish.url, seats, plan });
    const startedAt = new Date().toISOString();
    crew.talk();
    onProgress(`warming up for ${wish.warmUpSeconds} s`);
    await crew.orFails(pause(wish.warmUpSeconds * 1_000));
    await crew.takeCounts();
    const measured: { round: RoundResult; counts: RoundCount[] }[] = [];
    for (let number = 1; number <= wish.rounds; number += 1) {
      onProgress(`round ${number} of ${wish.rounds}`);
      measured.push(await measureRound(crew, wish));
    }
    onProgress('what was acknowledged is looked up');
    const testimonies = await crew.finish();
    const account = await accountFor({ url: wish.url, seats, testimonies });
    const rounds = measured.map(({ round }) => round);
    const all = (of: (count: RoundCount) => Histogram): Histogram =>
      merged(measured.flatMap(({ counts }) => counts.map(of)));
    return {
      profile: profile.name,
      meaning: profile.meaning,
      target: wish.url,
      startedAt,
      version: wish.version,
      machine: thisMachine(),
      people: wish.people,
      connections: seats.length,
      perSecond: wish.perSecond,
      rounds,
      account,
      firstError: testimonies.find(({ firstError }) => firstError !== null)?.firstError ?? null,
      passes: profile.name === 'office' ? passesCriterion(rounds) : null,
      send: all(({ send }) => send),
      delivery: all(({ delivery }) => delivery),
      timeline: [...timeline.values()].sort((a, b) => a.at - b.at),
    };
  } finally {
    crew.close();
  }
}

async function measureRound(
  crew: Crew,
  { profile, seconds, pids, storm = usualStorm, onStorm }: BenchWish,
): Promise<{ round: RoundResult; counts: RoundCount[] }> {
  const before = { at: performance.now(), busy: machineTimes(), use: useOf(pids()) };
  if (profile.name === 'storm') onStorm?.();
  const back = profile.name === 'storm' ? await crew.orFails(crew.storm(storm)) : null;
  await crew.orFails(pause(Math.max(0, seconds * 1_000 - (performance.now() - before.at))));
  const counts = await crew.takeCounts();
  const tookSeconds = (performance.now() - before.at) / 1_000;
  const busy = machineTimes();
  const sum = (of: (count: RoundCount) => number): number =>
    counts.reduce((total, count) => total + of(count), 0);
  const [send, delivery, call] = [
    merged(counts.map((count) => count.send)),
    merged(counts.map((count) => count.delivery)),
    merged(counts.map((count) => count.call)),
  ];
  const sorted = back?.sort((a, b) => a - b) ?? null;
  const round: RoundResult = {
    seconds: tookSeconds,
    sendsPerSecond: sum(({ acknowledged }) => acknowledged) / tookSeconds,
    deliveriesPerSecond: sum(({ deliveries }) => deliveries) / tookSeconds,
    calls: sum(({ calls }) => calls),
    errors: sum(({ errors }) => errors),
    resyncs: sum(({ resyncs }) => resyncs),
    sendP50Ms: quantile(send, 0.5),
    sendP99Ms: quantile(send, 0.99),
    deliveryP50Ms: quantile(delivery, 0.5),
    deliveryP99Ms: quantile(delivery, 0.99),
    callMeanMs: call.total === 0 ? 0 : call.sumMs / call.total,
    callP99Ms: quantile(call, 0.99),
    machineBusy: (busy.busy - before.busy.busy) / Math.max(1, busy.all - before.busy.all),
    loadCpuSeconds: sum(({ cpuSeconds }) => cpuSeconds),
    servers: used(before.use, useOf(pids())),
    backLastMs: sorted?.at(-1) ?? null,
    backP50Ms: sorted?.[Math.floor(sorted.length / 2)] ?? null,
  };
  return { round, counts };
}

/** Between two looks; processes that ended meanwhile take what they used with them. */
function used(before: readonly ProcessUse[], after: readonly ProcessUse[]): ProcessUse[] {
  return after.map((use) => {
    const early = before.find(({ name }) => name === use.name)?.cpuSeconds ?? 0;
    return { ...use, cpuSeconds: Math.max(0, use.cpuSeconds - early) };
  });
}

function addSecond(timeline: Map<number, Second>, { at, sends, deliveries, longestMs }: Second): void {
  const known = timeline.get(at);
  timeline.set(at, {
    at,
    sends: sends + (known?.sends ?? 0),
    deliveries: deliveries + (known?.deliveries ?? 0),
    longestMs: Math.max(longestMs, known?.longestMs ?? 0),
  });
}

/** In milliseconds since the machine's start, all cores together. */
function machineTimes(): { busy: number; all: number } {
  let [busy, all] = [0, 0];
  for (const { times } of cpus()) {
    const total = times.user + times.nice + times.sys + times.irq + times.idle;
    all += total;
    busy += total - times.idle;
  }
  return { busy, all };
}

function thisMachine(): BenchResult['machine'] {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
  };
}
