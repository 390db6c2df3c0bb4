/** What the index finds, beside what is found by reading every message: made-up texts over several segments and rooms. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSmallWorld } from '../../../tests/support/small-world.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import { createSeededRandom } from '../platform/random/index.ts';
import { fillBatch } from './filling.ts';
import { fold, foldText } from './fold.ts';
import { segmentIds } from './grams.ts';
import { createSearch } from './index.ts';
import { parseQuery } from './parse-query.ts';
import { postgresIndex } from './postgres-index.ts';

const world = await createSmallWorld();
const { database, clock } = world;
const search = createSearch({ database, clock, logbook: createMemoryLog() });
for (const chore of search.chores) void chore.close();
afterAll(world.close);

const random = createSeededRandom(3);
const upTo = (count: number): number => Math.floor(random.fraction() * count);
const words = [
  'tea',
  'Tee',
  'teatime',
  'naïve',
  'naive',
  'x1',
  'ёлка',
  '東京',
  '京都',
  '北京大学',
  'a',
  'steam',
  'team',
];
const word = (): string => words[Math.floor(words.length * random.fraction() ** 2)] ?? '';
const text = (): string => Array.from({ length: 1 + upTo(5) }, word).join([' ', ', ', ' / '][upTo(3)]);

interface Known {
  id: string;
  room_id: string;
  author_id: string;
  text: string;
}
const people: Caller[] = [];
const rooms: { id: string; members: readonly Caller[] }[] = [];
let messages: Known[] = [];

beforeAll(async () => {
  for (const name of ['ann', 'bob', 'eve']) people.push(await world.person(name));
  const [ann, bob, eve] = people as [Caller, Caller, Caller];
  for (const members of [[ann], [ann, bob], [bob, eve], [ann, bob, eve]]) {
    const [owner = ann, ...others] = members;
    rooms.push({ id: await world.room(owner, others, {}), members });
  }
  for (let segment = 0; segment < 5; segment += 1) {
    const sends = Array.from({ length: 40 }, () => {
      const { id, members } = rooms[upTo(rooms.length)] as (typeof rooms)[number];
      return world.send(members[upTo(members.length)] ?? ann, id, text());
    });
    await Promise.all(sends);
    await database.rows(sql`select setval('ids', (nextval('ids') / ${segmentIds} + 1) * ${segmentIds})`);
  }
  while (!(await fillBatch({ database, clock, index: postgresIndex })).isDone);
  messages = await database.rows<Known>(
    sql`select id, room_id, author_id, text from messages order by id desc`,
  );
});

/** By reading all of it. */
function expected(query: string, caller: Caller): string[] {
  const { terms } = parseQuery(query, { now: 0, timeZone: 'UTC' });
  const mine = rooms.filter(({ members }) => members.some(({ userId }) => userId === caller.userId));
  return messages
    .filter(({ room_id: roomId }) => mine.some(({ id }) => id === roomId))
    .filter((message) =>
      terms.every(({ needle, excluded }) => fold(message.text).text.includes(needle) !== excluded),
    )
    .map(({ id }) => id);
}

async function found(query: string, caller: Caller, sort: 'time' | 'relevance'): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { results: readonly { message: { id: string } }[]; next: string | null } =
      await search.handlers['search.messages'](caller, {
        query,
        sort,
        limit: 50,
        ...(cursor === '' ? {} : { cursor }),
      });
    ids.push(...page.results.map(({ message }) => message.id));
    cursor = page.next;
  }
  return ids;
}

const queries = [
  ...words,
  'te*',
  '*eat*',
  '*eam',
  'tea naive',
  '"tea tea"',
  'tea -team',
  '京',
  '京大',
  '-tea',
  'tea ёлка 東京',
  'nothing',
];

it.each(queries)('%s', async (query) => {
  for (const caller of people) {
    const all = expected(query, caller);
    expect(await found(query, caller, 'time')).toEqual(all);
    expect((await found(query, caller, 'relevance')).sort()).toEqual([...all].sort());
  }
});

it('texts are folded alike with and without places', () => {
  const pieces = ['Tea', ' ', '_', '\n', '!?', 'É', 'e\u0301', 'K', 'İ', '東', '\u00ad', '7', 'ß', '\u0000'];
  for (let n = 0; n < 500; n += 1) {
    const source = Array.from({ length: upTo(6) }, () => pieces[upTo(pieces.length)]).join('');
    expect(foldText(source)).toBe(fold(source).text);
  }
});
