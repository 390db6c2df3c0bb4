/**
 * `npm run bench:smoke`: the ratios that matter, in under two minutes on a quiet machine. With --json one object; with --save
 * that object also goes to bench/results/. Linux only (it reads /proc).
 */
import { parseArgs } from 'node:util';
import {
  hot,
  hundred,
  inserts,
  makeRooms,
  memory,
  quiet,
  recordDurable,
  saturated,
  steady,
} from './parts/peers.ts';
import { createRows, ratioTable, rowTable, type Ratio, type Rows } from './rows.ts';
import { saveResult } from './results.ts';
import { startSideBySide, type SideBySide } from './side-by-side.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    members: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '1.3' },
    peers: { type: 'string', default: 'loop,ejabberd,pgbench' },
  },
});
const members = Number(flags.members);
const rounds = Number(flags.rounds);
const seconds = Number(flags.seconds);
const wanted = flags.peers.split(',');
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const perCpu = 'deliveries/CPU-s';

function weigh(side: SideBySide, rows: Rows): void {
  for (const place of [...Object.values(side.peers), side.confab])
    if (place.bytesEach !== null) rows.record(memory, place.subject.name, 'KB', place.bytesEach / 1_000);
}

async function round(side: SideBySide, rows: Rows, rooms: readonly string[]): Promise<void> {
  const fanOut = async (
    measure: string,
    rate: number | 'saturated',
    name: 'loop' | 'ejabberd' | 'confab',
  ) => {
    const place = name === 'confab' ? side.confab : side.peers[name];
    if (!place) return;
    const { deliveriesPerCpuSecond, loadCpuSecondsPerSecond } = await side.fanOut(
      place,
      rate,
      rate === 10 ? 2 * seconds : seconds,
    );
    rows.record(measure, place.subject.name, perCpu, deliveriesPerCpuSecond);
    rows.record(`${measure}, the load's own CPU`, place.subject.name, 'CPU-s/s', loadCpuSecondsPerSecond);
  };
  for (const name of ['loop', 'confab'] as const) await fanOut(steady, 50_000 / members, name);
  for (const name of ['ejabberd', 'confab'] as const) await fanOut(quiet, 10, name);
  for (const name of ['loop', 'confab', 'ejabberd'] as const) await fanOut(saturated, 'saturated', name);
  const pgbench = wanted.includes('pgbench') ? side.pgbench : null;
  await recordDurable({ ...side, pgbench }, { rows, seconds }, rooms);
}

function ratiosOf(rows: Rows): Record<string, Ratio> {
  const confab = (measure: string) => [measure, 'Confab'] as const;
  return {
    fanOutVsC: rows.ratio(confab(steady), [steady, 'C epoll loop']),
    saturatedVsC: rows.ratio(confab(saturated), [saturated, 'C epoll loop']),
    vsEjabberd: rows.ratio(confab(quiet), [quiet, 'ejabberd']),
    saturatedVsEjabberd: rows.ratio(confab(saturated), [saturated, 'ejabberd']),
    durableVsPgbench: rows.ratio(confab(hundred), [inserts, 'pgbench']),
    hotRoomVsPgbench: rows.ratio(confab(hot), [inserts, 'pgbench']),
    memoryVsEjabberd: rows.ratio(confab(memory), [memory, 'ejabberd']),
  };
}

const startedAt = performance.now();
const rows = createRows(flags.json ? () => {} : say);
const side = await startSideBySide({
  members,
  weighs: wanted.includes('ejabberd'),
  peers: (['loop', 'ejabberd'] as const).filter((name) => wanted.includes(name)),
  onProgress: say,
});
try {
  weigh(side, rows);
  const rooms = await makeRooms(side, 100);
  for (let count = 1; count <= rounds; count += 1) {
    if (!flags.json) say(`round ${count} of ${rounds}`);
    await round(side, rows, rooms);
  }
  const account = await side.account();
  const ratios = ratiosOf(rows);
  const result = {
    ratios: Object.fromEntries(Object.entries(ratios).map(([name, ratio]) => [name, ratio?.median ?? null])),
    spread: Object.fromEntries(
      Object.entries(ratios).map(([name, ratio]) => [name, ratio && { min: ratio.min, max: ratio.max }]),
    ),
    account,
    members,
    rounds,
    seconds,
    database: side.postgres.name,
    tookSeconds: Math.round((performance.now() - startedAt) / 1_000),
    rows: rows.all,
  };
  if (flags.save) say(`saved as ${saveResult('smoke', result)}`);
  if (flags.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else {
    const { acknowledged, lost, doubled, outOfOrder } = account;
    process.stdout.write(`${rowTable(rows.all)}\n\n${ratioTable(ratios)}\n\n`);
    process.stdout.write(
      `${acknowledged} messages acknowledged: ${lost} lost, ${doubled} doubled, ${outOfOrder} out of order\n`,
    );
  }
  if (account.lost + account.doubled + account.outOfOrder > 0) process.exitCode = 1;
} finally {
  await side.close();
}
// Members' processes and drivers may still have something open.
process.exit();
