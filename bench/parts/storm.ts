/** All clients lose their connection at once, miss fifty messages in five rooms, and come back at once. */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Seat } from '../src/load/load-words.ts';
import { profiles, type Profile } from '../src/profiles.ts';
import { runBench } from '../src/run-bench.ts';
import { startConfab, type ConfabSubject } from '../subjects/confab.ts';
import { startBenchPostgres } from '../subjects/postgres.ts';
import { messageText } from '../subjects/subject.ts';
import type { PartOptions } from './part.ts';

export const stormLast = (clients: number): string =>
  `storm of ${clients}, until the last is back and caught up`;
export const stormClients = 5_000;

const groupSize = 500;
const roomsOfEach = 5;
const missedInEach = 10;
const awayMs = 5_000;
const loadFile = join(import.meta.dirname, '../src/load/load-process.ts');
const silent: Profile = { ...profiles.storm, plan: () => ({ kind: 'silence' }) };

export async function measureStorm(options: PartOptions & { clients?: number }): Promise<void> {
  const { rows, onProgress, clients = stormClients } = options;
  const postgres = await startBenchPostgres();
  try {
    const confab = await startConfab(postgres, { people: clients });
    const { seats, rooms } = await seat(confab);
    const publisher = await confab.openPublisher();
    let failure: unknown = null;
    const talkMeanwhile = async (): Promise<void> => {
      // Everybody has to be gone first.
      await pause(500);
      for (let said = 0; said < missedInEach; said += 1)
        await Promise.all(rooms.map((roomId) => publisher.send(roomId, messageText)));
    };
    const result = await runBench({
      profile: silent,
      url: `http://127.0.0.1:${confab.port}`,
      version: null,
      seats,
      people: clients,
      perSecond: 0,
      rounds: options.rounds,
      seconds: 1,
      warmUpSeconds: 2,
      processes: 2,
      pids: () => confab.pids(),
      loadFile,
      execArgv: ['--import', 'tsx'],
      onProgress,
      storm: { awayMs, withinMs: 0 },
      onStorm: () => void talkMeanwhile().catch((error: unknown) => (failure = error)),
    });
    await confab.stop();
    if (failure !== null) throw failure;
    for (const { backLastMs, backP50Ms, resyncs, servers } of result.rounds) {
      rows.record(stormLast(clients), 'Confab', 's', (backLastMs ?? Number.NaN) / 1_000);
      rows.record(`storm of ${clients}, half of them`, 'Confab', 's', (backP50Ms ?? Number.NaN) / 1_000);
      rows.record(`storm of ${clients}, rooms too far behind`, 'Confab', '', resyncs);
      for (const { name, cpuSeconds } of servers)
        rows.record(`storm of ${clients}, ${name}`, 'Confab', 'CPU-s', cpuSeconds);
    }
    const { lost, doubled, outOfOrder } = result.account;
    rows.record(
      `storm of ${clients}, lost, doubled or out of order`,
      'Confab',
      '',
      lost + doubled + outOfOrder,
    );
  } finally {
    await postgres.stop();
  }
}

/** Groups who share five rooms. The one who speaks meanwhile is in all of them. */
async function seat(confab: ConfabSubject): Promise<{ seats: Seat[]; rooms: string[] }> {
  const { people } = confab;
  const [speaker] = people;
  const rooms: string[] = [];
  const seats: Seat[] = [];
  for (let from = 0; from < people.length; from += groupSize) {
    const group = people.slice(from, from + groupSize);
    const own: string[] = [];
    for (let made = 0; made < roomsOfEach; made += 1)
      own.push(await confab.makeRoom(from === 0 || !speaker ? group : [speaker, ...group]));
    rooms.push(...own);
    const [watches = '', ...alsoWatches] = own;
    seats.push(...group.map(({ token }) => ({ token, rooms: own, watches, alsoWatches, isWitness: false })));
  }
  return { seats, rooms };
}
