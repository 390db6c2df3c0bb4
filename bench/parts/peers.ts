/** Confab beside everything it is compared with: cost of deliveries, time to another member, durable sends, memory. */
import { limits } from '@confab/protocol';
import { measureLatency } from '../measures/latency.ts';
import { measureSends } from '../measures/durable-sends.ts';
import type { Account } from '../measures/account.ts';
import type { Rate } from '../measures/publishing.ts';
import { startSideBySide, type Place, type SideBySide } from '../side-by-side.ts';
import type { PartOptions } from './part.ts';

export const steady = 'fan-out, 50k/s';
export const quiet = 'fan-out, 10 messages/s';
export const busy = 'fan-out, 150 messages/s';
export const saturated = 'fan-out, saturated';
export const memory = 'memory of a member';
export const hot = 'durable sends, one room';
export const hundred = 'durable sends, 100 rooms';
export const inserts = 'one-row inserts, 32 clients';
export const latencyAt = (perSecond: number, which: 'p50' | 'p99'): string =>
  `send to another member, ${perSecond} messages/s, ${which}`;

/** As many calls as eight connections may have under way. */
const inFlight = 8 * limits.socketCallsInFlightMax;
const warmUpSeconds = 0.8;

export async function measurePeers(options: PartOptions): Promise<Account> {
  const { rows, members, rounds, onProgress } = options;
  const peers = ['loop', 'coalescing', 'ws', 'socketIo', 'ejabberd', 'prosody'] as const;
  const side = await startSideBySide({ members, weighs: true, peers, onProgress });
  try {
    for (const { subject, bytesEach } of [...Object.values(side.peers), side.confab])
      if (bytesEach !== null) rows.record(memory, subject.name, 'KB', bytesEach / 1_000);
    const rooms = await makeRooms(side, 100);
    for (let round = 1; round <= rounds; round += 1) {
      onProgress(`round ${round} of ${rounds}`);
      await roundOf(side, options, rooms);
    }
    return await side.account();
  } finally {
    await side.close();
  }
}

/** Rooms of fifty people each; those who send are in all of them. */
export async function makeRooms({ confab }: SideBySide, count: number): Promise<string[]> {
  const fifty = confab.subject.people.slice(0, 50);
  const rooms: string[] = [];
  for (let made = 0; made < count; made += 1) rooms.push(await confab.subject.makeRoom(fifty));
  return rooms;
}

async function roundOf(side: SideBySide, options: PartOptions, rooms: readonly string[]): Promise<void> {
  const { confab, peers } = side;
  const { members, seconds } = options;
  const all = [...Object.values(peers), confab];
  const light = all.filter(({ subject }) => subject.door.kind !== 'xmpp');
  // Ten messages a second to a thousand are already more than Prosody sends: behind them nothing else can be measured.
  const fast = all.filter((place) => place !== peers.prosody);
  const fanOut = async (measure: string, rate: Rate, places: readonly Place[]): Promise<void> => {
    for (const place of places) await recordFanOut(side, options, { measure, rate, place });
  };
  await fanOut(steady, 50_000 / members, light);
  await fanOut(busy, 150, light);
  await fanOut(quiet, 10, all);
  await fanOut(saturated, 'saturated', fast);
  for (const [rate, places] of [
    [10, fast],
    [100, light],
  ] as const) {
    for (const place of places) {
      const { p50Ms, p99Ms, missing } = await measureLatency(place, { rate, seconds });
      const { name } = place.subject;
      options.rows.record(latencyAt(rate, 'p50'), name, 'ms', p50Ms);
      options.rows.record(latencyAt(rate, 'p99'), name, 'ms', p99Ms);
      if (missing > 0) options.rows.record(`not seen, ${rate} messages/s`, name, '', missing);
    }
  }
  await recordDurable(side, options, rooms);
}

/** Beside its cost, what the database and the load itself used, and who was too far behind to get everything. */
async function recordFanOut(
  side: SideBySide,
  { rows, seconds }: PartOptions,
  { measure, rate, place }: { measure: string; rate: Rate; place: Place },
): Promise<void> {
  const { name } = place.subject;
  const result = await side.fanOut(place, rate, seconds);
  rows.record(measure, name, 'deliveries/CPU-s', result.deliveriesPerCpuSecond);
  rows.record(`${measure}, rate`, name, 'deliveries/s', result.deliveriesPerSecond);
  rows.record(`${measure}, load's own CPU`, name, 'CPU-s/s', result.loadCpuSecondsPerSecond);
  if (result.databaseCpuSecondsPerSecond > 0.005)
    rows.record(`${measure}, Postgres`, name, 'CPU-s/s', result.databaseCpuSecondsPerSecond);
  if (result.resyncs > 0) rows.record(`${measure}, members too far behind`, name, '', result.resyncs);
}

export async function recordDurable(
  { pgbench, confab, settled }: SideBySide,
  { rows, seconds }: Pick<PartOptions, 'rows' | 'seconds'>,
  rooms: readonly string[],
): Promise<void> {
  await settled();
  if (pgbench)
    rows.record(
      inserts,
      'pgbench',
      '1/s',
      await pgbench.insert({ seconds: Math.max(1, Math.round(seconds)) }),
    );
  const { subject, publishers } = confab;
  for (const [measure, some] of [
    [hundred, rooms],
    [hot, rooms.slice(0, 1)],
  ] as const) {
    const wish = { rooms: some, publishers, inFlight, seconds, warmUpSeconds };
    const sends = await measureSends(subject, wish);
    rows.record(measure, 'Confab', '1/s', sends.sendsPerSecond);
    rows.record(`${measure}, p50`, 'Confab', 'ms', sends.p50Ms);
    rows.record(`${measure}, p99`, 'Confab', 'ms', sends.p99Ms);
    rows.record(`${measure}, node`, 'Confab', 'CPU-s/1000', sends.cpuSecondsPer1000);
  }
}
