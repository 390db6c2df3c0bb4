/**
 * `npm run bench:history -- --messages N --json`: opening a room, paging back and jumping to a date in a house of N messages,
 * each a call over HTTP to a node of its own. `--data FOLDER` keeps what was built, for the next run.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from '@confab/server/kit/sql';
import { urlOf } from '@confab/server/platform/postgres/index';
import { createSeededRandom } from '@confab/server/platform/random/index';
import { freePort, stopChild, untilSaid } from '../subjects/children.ts';
import { openOldHouse, type OldHouse } from './old-house.ts';

const { values: flags } = parseArgs({
  options: {
    calls: { type: 'string', default: '300' },
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
    messages: { type: 'string', default: '200000' },
  },
});
const total = Number(flags.messages);
const calls = Number(flags.calls);
/** They plan statements and open connections. */
const uncounted = 20;
const largest = 2;

interface Room {
  readonly id: string;
  readonly messages: number;
}

/** What a page asks for, less the room. */
type Place = Readonly<Record<string, string>>;

interface Row {
  what: string;
  rooms: 'the largest' | 'others';
  p50Ms: number;
  p99Ms: number;
}

const say = (line: string): void => {
  if (!flags.json) process.stderr.write(`${line}\n`);
};

function percentile(sorted: readonly number[], part: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return Math.round(value * 100) / 100;
}

const random = createSeededRandom(13);
const upTo = (count: number): number => Math.floor(random.fraction() * count);

const kinds: Readonly<Record<string, (room: Room, house: OldHouse) => Place>> = {
  'opening a room': () => ({}),
  'paging back': ({ messages }) => ({ before: String(1 + upTo(messages)) }),
  'jumping to a date': (_, { livedFrom, livedTo }) => ({
    at: String(livedFrom + upTo(livedTo - livedFrom)),
  }),
};

function startNode(house: OldHouse, port: number): ChildProcess {
  const program = join(import.meta.dirname, '../../server/bin/confab.js');
  return spawn(process.execPath, [program, 'start', '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: urlOf(house.address),
      CONFAB_CALLS_PER_MINUTE: '10000000',
      CONFAB_LOG_LEVEL: 'warn',
    },
  });
}

/** @returns milliseconds, until the answer was read to its end */
async function ask(port: number, token: string, { room, place }: { room: Room; place: Place }) {
  const url = `http://127.0.0.1:${port}/api/v1/rooms/${room.id}/messages?${new URLSearchParams(place)}`;
  const begun = performance.now();
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const text = await answer.text();
  const tookMs = performance.now() - begun;
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${text}`);
  return tookMs;
}

async function measure(house: OldHouse, port: number): Promise<{ rows: Row[]; all: number[] }> {
  const rows: Row[] = [];
  const all: number[] = [];
  const places = { 'the largest': house.rooms.slice(0, largest), others: house.rooms.slice(largest) };
  for (const [what, placeIn] of Object.entries(kinds)) {
    for (const rooms of ['the largest', 'others'] as const) {
      const times: number[] = [];
      for (let n = 0; n < calls + uncounted; n += 1) {
        const room = places[rooms][upTo(places[rooms].length)];
        if (!room) throw new Error('there are no rooms');
        const tookMs = await ask(port, house.inMany.token, { room, place: placeIn(room, house) });
        if (n >= uncounted) times.push(tookMs);
      }
      all.push(...times);
      times.sort((a, b) => a - b);
      const row: Row = { what, rooms, p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) };
      rows.push(row);
      say(`  ${what.padEnd(17)} in ${rooms.padEnd(11)}: p50 ${row.p50Ms} ms, p99 ${row.p99Ms} ms`);
    }
  }
  return { rows, all: all.sort((a, b) => a - b) };
}

const house = await openOldHouse({ messages: total, dataFolder: flags.data ?? null, say });
try {
  // The node would fill the search index meanwhile.
  const [unfilled] = await house.database.rows(
    sql`update search_filling set finished_at = now() where finished_at is null returning id`,
  );
  const port = await freePort();
  const node = startNode(house, port);
  try {
    await untilSaid(node, /http:\/\//);
    const { rows, all } = await measure(house, port);
    const [first, second] = house.rooms;
    const result = {
      messages: total,
      largestRooms: [first?.messages, second?.messages],
      calls: all.length,
      p50Ms: percentile(all, 0.5),
      p99Ms: percentile(all, 0.99),
      rows,
    };
    if (flags.json) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    else say(`all: p50 ${result.p50Ms} ms, p99 ${result.p99Ms} ms`);
  } finally {
    await stopChild(node);
    if (unfilled) await house.database.rows(sql`update search_filling set finished_at = null`);
  }
} finally {
  await house.stop();
}
