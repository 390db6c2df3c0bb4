/**
 * `npm run bench`: Confab beside others, the cost of large rooms, a storm, an idle node; as a table against what we aim at,
 * and with --json as one object. What is compared is measured in turn in one run, since machines drift: read the ratios.
 * Linux only (it reads /proc).
 */
import { parseArgs } from 'node:util';
import { together, type Account } from './measures/account.ts';
import { measureGrowth } from './parts/growth.ts';
import { measureIdleNode } from './parts/idle.ts';
import { measureOffice } from './parts/office.ts';
import { measurePeers } from './parts/peers.ts';
import { measureStorm } from './parts/storm.ts';
import { saveResult } from './results.ts';
import { createRows, rowTable } from './rows.ts';
import { targetLines, targetTable } from './targets.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    table: { type: 'boolean', default: false },
    only: { type: 'string', default: 'peers,growth,idle,storm,office' },
    members: { type: 'string', default: '1000' },
    clients: { type: 'string', default: '5000' },
    people: { type: 'string', default: '2500,5000,10000,20000' },
    'office-seconds': { type: 'string', default: '60' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
  },
});
const only = flags.only.split(',');
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const rows = createRows(say);
const options = {
  rows,
  members: Number(flags.members),
  rounds: Number(flags.rounds),
  seconds: Number(flags.seconds),
  onProgress: say,
};

function officeWish(): { sizes: number[]; roundSeconds: number } {
  return { sizes: flags.people.split(',').map(Number), roundSeconds: Number(flags['office-seconds']) };
}

const startedAt = performance.now();
const accounts: Account[] = [];
if (only.includes('peers')) accounts.push(await measurePeers(options));
if (only.includes('growth')) await measureGrowth(options);
if (only.includes('storm')) await measureStorm({ ...options, clients: Number(flags.clients) });
if (only.includes('office')) accounts.push(await measureOffice({ ...options, ...officeWish() }));
if (only.includes('idle')) await measureIdleNode(options);

const account = accounts.length === 0 ? null : accounts.reduce(together);
const targets = targetLines(rows);
const tookSeconds = Math.round((performance.now() - startedAt) / 1_000);
const { members, rounds, seconds } = options;
const result = { members, rounds, seconds, tookSeconds, account, targets, rows: rows.all };
if (flags.save) say(`saved as ${saveResult('bench', result)}`);
if (flags.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
else {
  if (!flags.table) process.stdout.write(`${rowTable(rows.all)}\n\n`);
  process.stdout.write(`${targetTable(targets)}\n`);
  if (account)
    process.stdout.write(
      `\n${account.acknowledged} messages acknowledged: ${account.lost} lost, ${account.doubled} doubled, ${account.outOfOrder} out of order\n`,
    );
}
if (account && account.lost + account.doubled + account.outOfOrder > 0) process.exitCode = 1;
// Members' processes and drivers may still have something open.
process.exit();
