/** How many people in an office this machine holds, with everything on it: doubled until the criterion does not hold. */
import { join } from 'node:path';
import type { Seat } from '../src/load/load-words.ts';
import { profiles } from '../src/profiles.ts';
import { figuresOf } from '../src/report/table.ts';
import { runBench } from '../src/run-bench.ts';
import { isClean, type BenchResult } from '../src/result.ts';
import { startConfab, type ConfabSubject } from '../subjects/confab.ts';
import { startBenchPostgres } from '../subjects/postgres.ts';
import { together, type Account } from '../measures/account.ts';
import { workersFor } from './open-files.ts';
import type { PartOptions } from './part.ts';

export const officePeople = 'office, people who pass';

const teamSize = 10;
const departmentSize = 100;
const pairsOfEach = 3;
const loadFile = join(import.meta.dirname, '../src/load/load-process.ts');

/**
 * @param options.sizes in rising order; the first that does not pass is the last that is tried
 * @returns what became of the messages of all sizes
 */
export async function measureOffice(
  options: PartOptions & { sizes: readonly number[]; roundSeconds: number },
): Promise<Account> {
  const { rows, sizes, onProgress } = options;
  let all: Account = { acknowledged: 0, lost: 0, doubled: 0, outOfOrder: 0 };
  const postgres = await startBenchPostgres();
  try {
    for (const people of sizes) {
      const workers = workersFor(people);
      onProgress(`an office of ${people}${workers > 1 ? `, ${workers} workers` : ''}`);
      const confab = await startConfab(postgres, { people, workers });
      const result = await runBench({
        profile: profiles.office,
        url: `http://127.0.0.1:${confab.port}`,
        version: null,
        seats: await seatOffice(confab),
        people,
        perSecond: 0,
        rounds: options.rounds,
        seconds: options.roundSeconds,
        warmUpSeconds: options.roundSeconds,
        processes: Math.max(2, workers),
        pids: () => [...confab.pids(), ...postgres.pids()],
        loadFile,
        execArgv: ['--import', 'tsx'],
        onProgress,
      });
      await confab.stop();
      record(options, result);
      all = together(all, result.account);
      if (!result.passes || !isClean(result.account)) break;
      rows.record(officePeople, 'Confab', 'people', people);
    }
  } finally {
    await postgres.stop();
  }
  return all;
}

function record({ rows, onProgress }: PartOptions, result: BenchResult): void {
  const name = `office of ${result.people}`;
  if (result.firstError !== null) onProgress(`the first error: ${result.firstError}`);
  for (const { name: figure, unit, median } of figuresOf(result))
    rows.record(`${name}, ${figure}`, 'Confab', unit, median);
  const { lost, doubled, outOfOrder } = result.account;
  rows.record(`${name}, lost, doubled or out of order`, 'Confab', '', lost + doubled + outOfOrder);
}

/** Straight in the tables: a team, a department, and rooms of two in the place of direct conversations; all of them empty. */
async function seatOffice(confab: ConfabSubject): Promise<Seat[]> {
  const { people } = confab;
  const rooms: string[][] = people.map(() => []);
  const put = async (places: readonly number[]): Promise<void> => {
    const members = places.flatMap((place) => people[place] ?? []);
    const roomId = await confab.makeRoom(members);
    for (const place of places) rooms[place]?.push(roomId);
  };
  const groups: number[][] = [];
  for (const size of [teamSize, departmentSize])
    for (let from = 0; from < people.length; from += size)
      groups.push(Array.from({ length: Math.min(size, people.length - from) }, (_, index) => from + index));
  for (let place = 0; place < people.length; place += 1)
    for (let step = 1; step <= pairsOfEach; step += 1)
      groups.push([place, (place + step * teamSize) % people.length]);
  const atOnce = 8;
  for (let from = 0; from < groups.length; from += atOnce)
    await Promise.all(groups.slice(from, from + atOnce).map(put));
  const witnessed = new Set<string>();
  return people.map(({ token }, place) => {
    const watches = rooms[place]?.[0] ?? '';
    const isWitness = !witnessed.has(watches);
    witnessed.add(watches);
    return { token, rooms: rooms[place] ?? [], watches, isWitness };
  });
}
