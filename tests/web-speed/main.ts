/**
 * `npm run bench:web`: how fast the page is, in a real Chromium on the real server, beside what we aim at. Prints a table,
 * or with --json one object. Machines differ and drift: figures are medians or p95 of many in one run.
 */
import { parseArgs } from 'node:util';
import { startWorkplace, type Person, type Workplace } from '../browser/workplace.ts';
import { startTestPostgres } from '../support/postgres.ts';
import { fillLargeWorkspace, type LargeWorkspace } from './large-workspace.ts';
import {
  echoMs,
  firstMessageMs,
  keyMs,
  noteInPage,
  scriptBytes,
  switchMs,
  tabBytes,
} from './page-measures.ts';

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rooms: { type: 'string', default: '2000' },
    messages: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
  },
});
const rounds = Number(flags.rounds);
const slowdown = 4;

interface Row {
  readonly what: string;
  readonly unit: string;
  readonly aim: number;
  readonly median: number;
  readonly p95: number;
  readonly count: number;
}
// Compilers wrap named functions in a helper of theirs, which the page does not have.
const notes = { content: `globalThis.__name = (named) => named; (${noteInPage.toString()})();` };

const rows: Row[] = [];

function record(what: string, aim: { unit: string; atMost: number }, values: readonly number[]): void {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  const row = { what, unit: aim.unit, aim: aim.atMost, median: at(0.5), p95: at(0.95), count: sorted.length };
  rows.push(row);
  if (!flags.json) process.stderr.write(`${line(row)}\n`);
}

function line({ what, unit, aim, median, p95, count }: Row): string {
  const number = (value: number): string => value.toFixed(value < 10 ? 1 : 0).padStart(7);
  return `${what.padEnd(58)} median ${number(median)}  p95 ${number(p95)}  aim ${number(aim)} ${unit.padEnd(3)} (${count})`;
}

async function several(times: number, measure: (round: number) => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let round = 0; round < times; round += 1) values.push(await measure(round));
  return values;
}

async function freshPage(place: Workplace, path: string): Promise<Person> {
  return place.person('Ada', { path, serviceWorkers: 'allow', ownConnection: true, initScript: notes });
}

async function measureLoading(place: Workplace, path: string): Promise<void> {
  const weights: number[] = [];
  const cold = await several(rounds, async () => {
    // A blank page of somebody who is signed in and has nothing on the device.
    const { page } = await place.person('Ada', {
      path: '/api/v1/reference',
      ready: 'body',
      initScript: notes,
    });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    weights.push((await scriptBytes(page, path)) / 1_000);
    const ms = await firstMessageMs(page);
    await page.context().close();
    return ms;
  });
  record('scripts before the first room, gzip', { unit: 'kB', atMost: 150 }, weights);
  record(`cold load to a usable room, CPU ${slowdown} times slower`, { unit: 'ms', atMost: 2_000 }, cold);
}

async function measureWarm({ page }: Person): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  const warm = await several(rounds, async () => {
    await page.reload();
    return firstMessageMs(page);
  });
  record('warm load to the last seen messages', { unit: 'ms', atMost: 500 }, warm);
}

async function measureSwitching({ page }: Person): Promise<void> {
  const names = Array.from({ length: 20 }, (_, index) => `room-${String(index + 1).padStart(4, '0')}`);
  const uncached: number[] = [];
  for (const name of names) uncached.push(await switchMs(page, name));
  record('room switch, not looked at before', { unit: 'ms', atMost: 150 }, uncached);
  const cached: number[] = [];
  for (let round = 0; round < 2; round += 1)
    for (const name of names) cached.push(await switchMs(page, name));
  record('room switch, looked at before', { unit: 'ms', atMost: 50 }, cached);
}

async function measureWriting({ page }: Person): Promise<void> {
  await page.locator('.composer .message-field').first().click();
  let whole = '';
  const keys = await several(60, (round) => {
    const letter = 'abcdefghijklmnopqrst'[round % 20] ?? 'a';
    whole += letter;
    return keyMs(page, letter, whole);
  });
  record('key press to picture in the composer', { unit: 'ms', atMost: 50 }, keys);
  const echoes = await several(20, (round) => echoMs(page, `an echo ${round}`));
  record('send to own echo in the picture (one frame is 17)', { unit: 'ms', atMost: 34 }, echoes);
}

/** Away while others write in 200 rooms; from the network's return until all of them are unread. */
async function measureComingBack(
  place: Workplace,
  { page }: Person,
  roomIds: readonly string[],
): Promise<void> {
  const bob = await place.person('Bob');
  const changed = roomIds.slice(-200);
  for (const roomId of changed) await bob.call('room.join', { roomId });
  const values = await several(rounds, async (round) => {
    await page.goto('/unreads');
    await page.getByRole('heading', { level: 1 }).waitFor();
    if (round > 0)
      await page.locator('.main-frame').getByRole('button', { name: 'Mark all as read' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.unread-room').length === 0);
    await page.context().setOffline(true);
    for (const [index, roomId] of changed.entries()) {
      await bob.call('message.send', {
        roomId,
        clientId: `away-${round}-${index}`,
        text: 'While you were away',
      });
    }
    await page.evaluate(() => dispatchEvent(new KeyboardEvent('keydown')));
    const shown = page.evaluate(
      (count) =>
        new Promise<number>((resolve) => {
          const startedAt = performance.now();
          const look = (): void => {
            if (document.querySelectorAll('.unread-room').length >= count)
              resolve(performance.now() - startedAt);
            else requestAnimationFrame(look);
          };
          look();
        }),
      changed.length,
    );
    await page.context().setOffline(false);
    return shown;
  });
  record('back after 200 rooms changed, until all show it', { unit: 'ms', atMost: 1_000 }, values);
}

async function measureMemory({ page }: Person): Promise<void> {
  const browser = page.context().browser();
  const cdp = await page.context().newCDPSession(page);
  const system = await browser?.newBrowserCDPSession();
  const { processInfo } = (await system?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  const values: number[] = [];
  for (const { id } of renderers) values.push((await tabBytes(cdp, id)) / 1_000_000);
  record('memory of an idle tab', { unit: 'MB', atMost: 120 }, [Math.max(...values)]);
}

const postgres = await startTestPostgres();
const place = await startWorkplace('bare', { postgres: postgres.address });
try {
  const first = await place.person('Ada');
  const { users } = await first.call('user.list', { search: 'ada' });
  await first.page.context().close();
  const size = { userId: users[0]?.id ?? '', rooms: Number(flags.rooms), messages: Number(flags.messages) };
  const large: LargeWorkspace = await fillLargeWorkspace(place.database, size);
  await measureLoading(place, `/room/${large.longRoomId}`);
  const ada = await freshPage(place, `/room/${large.longRoomId}`);
  await firstMessageMs(ada.page);
  await measureMemory(ada);
  await measureWarm(ada);
  await measureSwitching(ada);
  await measureWriting(ada);
  await measureComingBack(place, ada, large.roomIds);
} finally {
  await place.close();
  await postgres.stop();
}
const facts = { rooms: Number(flags.rooms), messages: Number(flags.messages), node: process.version };
process.stdout.write(`${flags.json ? JSON.stringify({ ...facts, rows }) : rows.map(line).join('\n')}\n`);
