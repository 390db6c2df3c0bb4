/**
 * `npm run bench`: first figures, as a table and (with --json) as one object. Alternatives are measured in one run, in turn,
 * since machines drift: read the ratios. Linux only (it reads /proc).
 */
import { parseArgs } from 'node:util';
import { measureFanOut, measureInserts, measureLatency, measureSends, median } from './measure.ts';
import { measureIdleMemory } from './idle-memory.ts';
import { startConfab, startEpollLoop, startWsLoop, type ConfabSubject, type Subject } from './subjects.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    members: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
  },
});
const members = Number(flags.members);
const rounds = Number(flags.rounds);
const seconds = Number(flags.seconds);

interface Row {
  measure: string;
  subject: string;
  unit: string;
  median: number;
  rounds: number[];
}

const rows: Row[] = [];
/** Counts to a row of its measure and subject. */
function record(measure: string, subject: string, unit: string, value: number): void {
  const found = rows.find((row) => row.measure === measure && row.subject === subject);
  const row = found ?? { measure, subject, unit, median: 0, rounds: [] };
  if (!found) rows.push(row);
  row.rounds.push(value);
  row.median = median(row.rounds);
  if (!flags.json)
    process.stderr.write(`  ${measure} · ${subject}: ${value.toFixed(value < 10 ? 2 : 0)} ${unit}\n`);
}

async function fanOutRound(subject: Subject): Promise<void> {
  const steady = await measureFanOut(subject, { members, rate: 50_000 / members, seconds });
  record(
    `fan-out, ${members} members, 50k/s`,
    subject.name,
    'deliveries/CPU-s',
    steady.deliveriesPerCpuSecond,
  );
  const saturated = await measureFanOut(subject, { members, rate: 'saturated', seconds });
  record(
    `fan-out, ${members} members, saturated`,
    subject.name,
    'deliveries/CPU-s',
    saturated.deliveriesPerCpuSecond,
  );
  record(
    `fan-out, ${members} members, saturated rate`,
    subject.name,
    'deliveries/s',
    saturated.deliveriesPerSecond,
  );
  record(
    `fan-out, ${members} members, saturated, members too far behind`,
    subject.name,
    '',
    saturated.resyncs,
  );
}

async function confabRound(confab: ConfabSubject): Promise<void> {
  const inserts = await measureInserts(confab.connection, { seconds });
  record('one-row inserts, 32 clients', 'Postgres alone', '1/s', inserts.insertsPerSecond);
  for (const rooms of [1, 100]) {
    const sends = await measureSends(confab, { rooms, inFlight: 256, seconds });
    const what = rooms === 1 ? 'durable sends, one room' : `durable sends, ${rooms} rooms`;
    record(what, 'Confab', '1/s', sends.sendsPerSecond);
    record(`${what}, p50`, 'Confab', 'ms', sends.p50Ms);
    record(`${what}, p99`, 'Confab', 'ms', sends.p99Ms);
  }
  const latency = await measureLatency(confab, { members, rate: 100, seconds });
  record(`send to other client, ${members} members, 100/s, p50`, 'Confab', 'ms', latency.p50Ms);
  record(`send to other client, ${members} members, 100/s, p99`, 'Confab', 'ms', latency.p99Ms);
  record('messages lost', 'Confab', '', latency.lost);
}

function ratio(measure: string, above: string, below: string): number | null {
  const find = (subject: string): number | undefined =>
    rows.find((row) => row.measure === measure && row.subject === subject)?.median;
  const [top, bottom] = [find(above), find(below)];
  return top !== undefined && bottom !== undefined && bottom > 0 ? top / bottom : null;
}

function ratios(): Record<string, number | null> {
  const value = (measure: string): number =>
    rows.find((row) => row.measure === measure)?.median ?? Number.NaN;
  const steady = `fan-out, ${members} members, 50k/s`;
  const saturated = `fan-out, ${members} members, saturated`;
  return {
    fanOutVsC: ratio(steady, 'Confab', 'C epoll loop'),
    fanOutVsWs: ratio(steady, 'Confab', 'ws loop'),
    saturatedVsC: ratio(saturated, 'Confab', 'C epoll loop'),
    saturatedVsWs: ratio(saturated, 'Confab', 'ws loop'),
    hotRoomVsInserts: value('durable sends, one room') / value('one-row inserts, 32 clients'),
    hundredRoomsVsInserts: value('durable sends, 100 rooms') / value('one-row inserts, 32 clients'),
  };
}

async function run(): Promise<void> {
  for (let round = 1; round <= rounds; round += 1) {
    if (!flags.json) process.stderr.write(`round ${round} of ${rounds}\n`);
    for (const start of [startEpollLoop, startWsLoop]) {
      const subject = await start();
      if (!subject) continue;
      await fanOutRound(subject);
      await subject.stop();
    }
    const confab = await startConfab({ people: members });
    record('memory of an idle node', 'Confab', 'MB', confab.residentBytes() / 1e6);
    const idle = await measureIdleMemory(confab, { connections: members });
    const connections = 'an idle connection';
    record(`${connections}, objects`, 'Confab', 'KB', idle.heapBytes / 1_000);
    record(`${connections}, resident`, 'Confab', 'KB', idle.residentBytes / 1_000);
    await fanOutRound(confab);
    await confabRound(confab);
    await confab.stop();
  }
  if (flags.json)
    process.stdout.write(
      `${JSON.stringify({ members, rounds, seconds, ratios: ratios(), rows }, null, 2)}\n`,
    );
  else print();
}

function print(): void {
  const number = (value: number): string =>
    value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });
  const cells = rows.map((row) => {
    const [low, high] = [Math.min(...row.rounds), Math.max(...row.rounds)];
    return [row.measure, row.subject, number(row.median), `${number(low)}–${number(high)}`, row.unit];
  });
  const lines = [['measure', 'subject', 'median', 'spread', 'unit'], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  for (const line of lines)
    process.stdout.write(`${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`);
  process.stdout.write('\n');
  for (const [name, value] of Object.entries(ratios()))
    process.stdout.write(`${name.padEnd(24)} ${value?.toFixed(2) ?? '–'}\n`);
}

await run();
