/**
 * A house that has been lived in for years: 10,000 rooms, three of which hold a tenth of all messages each, and the others
 * few to many (Zipf). Written straight into the tables; with a folder given it is kept, and found again by the next run.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sql } from '@confab/server/kit/sql';
import { createMemoryLog } from '@confab/server/platform/log/index';
import {
  createPool,
  migrate,
  openCopier,
  pour,
  startEmbeddedPostgres,
  type Database,
  type PostgresAddress,
} from '@confab/server/platform/postgres/index';
import { createSeededRandom } from '@confab/server/platform/random/index';
import { seedPeople, type SeededPerson } from '../../tests/support/seed.ts';
import { createTexts, type Texts } from '../search/texts.ts';

/** What does not change after it was written; kept beside the data. */
export interface HouseFacts {
  readonly messages: number;
  readonly buildSeconds: number;
  /** In ten rooms, none of them among the largest; in five hundred, two of them the largest. */
  readonly inFew: SeededPerson;
  readonly inMany: SeededPerson;
  /** Rooms of `inMany` with how many messages they have, the largest first. */
  readonly rooms: readonly { readonly id: string; readonly messages: number }[];
}

export interface OldHouse extends HouseFacts {
  readonly database: Database;
  readonly address: PostgresAddress;
  /** When messages were written: milliseconds since 1970 UTC. */
  readonly livedFrom: number;
  readonly livedTo: number;
  /** As they were written, from the first on. */
  readonly texts: Texts;
  stop(): Promise<void>;
}

const roomCount = 10_000;
const largeRooms = 3;
const largeShare = 0.3;
/** Of the other rooms the first is not much larger than those after it. */
const zipfFrom = 20;
const authorCount = 200;
const fewRooms = 10;
const manyRooms = 500;
const livedTo = Date.UTC(2026, 10, 1);
const livedMs = 3 * 365 * 86_400_000;
const rowsAtOnce = 1_000;
const seed = 7;

/** @param options.dataFolder kept if given; one that holds a house of another size is refused */
export async function openOldHouse(options: {
  messages: number;
  dataFolder: string | null;
  say: (line: string) => void;
}): Promise<OldHouse> {
  const { say } = options;
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), 'confab-tests-house-'));
  const known = readFacts(dataFolder);
  if (known && known.messages !== options.messages) {
    throw new Error(`${dataFolder} holds ${known.messages} messages: choose another folder, or that number`);
  }
  const log = createMemoryLog();
  const postgres = await startEmbeddedPostgres({ dataFolder, purpose: 'the benchmark', log });
  const database = createPool({ address: postgres.address, log, statementTimeoutMs: 0, prepare: true });
  const stop = async (): Promise<void> => {
    await database.close();
    await postgres.stop();
    if (options.dataFolder === null) rmSync(dataFolder, { recursive: true, force: true });
  };
  try {
    await migrate(database, { folder: join(import.meta.dirname, '../../server/migrations'), log });
    if (!known) say(`writing ${options.messages} messages`);
    const facts = known ?? (await build(database, postgres.address, options.messages));
    writeFileSync(factsPath(dataFolder), JSON.stringify(facts));
    return {
      ...facts,
      database,
      address: postgres.address,
      livedFrom: livedTo - livedMs,
      livedTo,
      texts: createTexts(createSeededRandom(seed)),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const factsPath = (dataFolder: string): string => join(dataFolder, 'house.json');

function readFacts(dataFolder: string): HouseFacts | null {
  const path = factsPath(dataFolder);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as HouseFacts) : null;
}

async function build(database: Database, address: PostgresAddress, messages: number): Promise<HouseFacts> {
  const begun = performance.now();
  const people = await seedPeople(database, authorCount);
  const [inFew, inMany] = people;
  if (!inFew || !inMany) throw new Error('there are no people');
  const rooms = await seedRooms(database, people);
  const counts = await writeMessages(database, address, { messages, rooms, people });
  await database.rows(sql`
    update streams s set head = c.count, ordinal = c.count, floor = c.count
    from unnest(${rooms}::bigint[], ${counts}::bigint[]) as c(room_id, count) where s.id = c.room_id`);
  await database.rows(sql`vacuum analyze`);
  return {
    messages,
    buildSeconds: Math.round((performance.now() - begun) / 1_000),
    inFew,
    inMany,
    rooms: roomsOfMany()
      .map((n) => ({ id: rooms[n] ?? '', messages: counts[n] ?? 0 }))
      .sort((a, b) => b.messages - a.messages),
  };
}

/** By the logarithm of their size, as all of them are spread. */
function roomsOfFew(): number[] {
  const range = Math.log(roomCount / zipfFrom);
  return Array.from({ length: fewRooms }, (_, n) =>
    Math.floor(zipfFrom * Math.exp((range * (n + 0.5)) / fewRooms)),
  );
}

function roomsOfMany(): number[] {
  const step = roomCount / manyRooms;
  return Array.from({ length: manyRooms }, (_, n) => (n < 2 ? n : Math.floor(n * step)));
}

async function seedRooms(database: Database, people: readonly SeededPerson[]): Promise<string[]> {
  const [inFew, inMany, owner] = people.map(({ userId }) => userId);
  const rows = await database.rows<{ id: string }>(sql`
    with room as (
      insert into rooms (id, kind, name, created_at, created_by, member_count, changed_at)
      select nextval('ids'), 'private', 'room-' || n, now(), ${owner}, 1, now()
      from generate_series(0, ${roomCount - 1}::int) as n order by n returning id
    ),
    stream as (
      insert into streams (id, kind, moved_at, last_at) select id, 'room', now(), now() from room
    )
    select id from room order by id`);
  const ids = rows.map(({ id }) => id);
  const members = [
    ...ids.map((id) => [owner, id]),
    ...roomsOfFew().map((n) => [inFew, ids[n]]),
    ...roomsOfMany().map((n) => [inMany, ids[n]]),
  ];
  await database.rows(sql`
    insert into memberships (user_id, room_id, role, joined_at)
    select user_id, room_id, 'member', now()
    from unnest(${members.map(([user]) => user)}::bigint[], ${members.map(([, room]) => room)}::bigint[])
      as m(user_id, room_id)`);
  return ids;
}

/** @returns how many each room got */
async function writeMessages(
  database: Database,
  address: PostgresAddress,
  {
    messages,
    rooms,
    people,
  }: { messages: number; rooms: readonly string[]; people: readonly SeededPerson[] },
): Promise<number[]> {
  const counts = rooms.map(() => 0);
  const random = createSeededRandom(seed + 1);
  const texts = createTexts(createSeededRandom(seed));
  const [next] = await database.rows<{ id: string }>(sql`select nextval('ids') as id`);
  const firstId = Number(next?.id);
  const line = (n: number): string => {
    const room = roomFor(random);
    const ordinal = (counts[room] = (counts[room] ?? 0) + 1);
    const author = people[Math.floor(random.fraction() * people.length)]?.userId;
    const at = new Date(livedTo - livedMs + Math.floor((livedMs * n) / messages)).toISOString();
    const row = [firstId + n, rooms[room], ordinal, ordinal, author, `house-${n}`, at, texts.message()];
    return `${row.join('\t')}\n`;
  };
  function* pieces(): Generator<string> {
    for (let from = 0; from < messages; from += rowsAtOnce) {
      const count = Math.min(rowsAtOnce, messages - from);
      yield Array.from({ length: count }, (_, n) => line(from + n)).join('');
    }
  }
  // Sorting once is faster than keeping sorted.
  const indexes = await database.rows<{ name: string; definition: string }>(sql`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = 'messages' and indexname <> 'messages_pkey'`);
  for (const { name } of indexes) await database.rows({ text: `drop index ${name}`, values: [] });
  const copier = await openCopier(address, 'write');
  try {
    const into = copier.write('messages (id, room_id, seq, ordinal, author_id, client_id, at, text)');
    await pour(Readable.from(pieces()), into);
    await copier.rows(sql`select setval('ids', ${firstId + messages})`);
    await copier.commit();
  } finally {
    await copier.close();
  }
  for (const { definition } of indexes) await database.rows({ text: definition, values: [] });
  return counts;
}

function roomFor(random: { fraction(): number }): number {
  const lot = random.fraction();
  if (lot < largeShare) return Math.floor((lot / largeShare) * largeRooms);
  const rank = zipfFrom * Math.exp(random.fraction() * Math.log(roomCount / zipfFrom));
  return Math.min(roomCount - 1, largeRooms + Math.floor(rank - zipfFrom));
}
