import type { Input, Output } from '@confab/protocol';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSmallWorld } from '../../../tests/support/small-world.ts';
import { findReaderLags, readOn } from '../delivery/readers.ts';
import type { StreamEvent } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { sql } from '../kit/sql.ts';
import { createMemoryLog } from '../platform/log/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { entryOf } from './entry.ts';
import { fillAnew, fillBatch, followMessages } from './filling.ts';
import { gramOf } from './grams.ts';
import { createSearch } from './index.ts';
import { postgresIndex } from './postgres-index.ts';

const world = await createSmallWorld();
const { handlers, send, database, clock } = world;
clock.elapse(Date.UTC(2026, 10, 24, 12) - clock.now());
const search = createSearch({ database, clock, logbook: createMemoryLog() });
// Nothing happens by itself: the tests read on and fill.
for (const chore of search.chores) void chore.close();
afterAll(world.close);

const ann = await world.person('ann');
const bob = await world.person('bob');
const eve = await world.person('eve');
const team = await world.room(ann, [bob], { name: 'team' });
const open = await world.room(ann, [bob], { kind: 'public', name: 'open' });
const talk = await world.direct(ann, [bob]);

const reading = {
  name: 'search',
  database,
  clock,
  logbook: createMemoryLog(),
  handle: (tx: Tx, events: readonly StreamEvent[]) =>
    followMessages({ index: postgresIndex, clock }, tx, events),
};
/** A transaction of any database of the server that is still open holds readers back. */
const follow = (): Promise<void> =>
  vi.waitFor(
    async () => {
      await readOn(reading);
      const lags = await findReaderLags(database, clock.now() + 1);
      expect(lags.find(({ name }) => name === reading.name)?.lagMs).toBe(0);
    },
    { timeout: 30_000, interval: 20 },
  );
type Options = Omit<Input<'search.messages'>, 'query'>;
const ask = (caller: Caller, query: string, options: Options = {}): Promise<Output<'search.messages'>> =>
  search.handlers['search.messages'](caller, { query, ...options });
const texts = async (caller: Caller, query: string, options: Options = {}): Promise<string[]> =>
  (await ask(caller, query, options)).results.map(({ message }) => message.text);
const say = async (text: string, roomId = team, by = ann, options = {}): Promise<string> =>
  (await send(by, roomId, text, options)).messageId;

describe('what is found', () => {
  const lines = [
    'The **Kettle** is broken again',
    'A new kettle arrived: café au lait for everyone, Crème brûlée too',
    'kettles and pots',
    '東京タワーで会いましょう',
    '我们明天在北京开会',
    '내일 서울에서 만나요',
    'Привет, Ёлка уже стоит',
    'Die Straße nach MÜNCHEN',
    'see https://example.org/handbook/onboarding today',
    'run `npm ci` first',
    '[the plan](https://plans.example.org/roadmap)',
    '100% of snake_case_names',
  ];
  beforeAll(async () => {
    for (const line of lines) await say(line);
    await follow();
  });
  it.each<[string, number[]]>([
    ['kettle', [1, 0]],
    ['KETTLE new', [1]],
    ['kettle*', [2, 1, 0]],
    ['*ettl*', [2, 1, 0]],
    ['kettle -new', [0]],
    ['"kettle is broken"', [0]],
    ['"is kettle"', []],
    ['cafe creme brulee', [1]],
    ['東京', [3]],
    ['タワー', [3]],
    ['ﾀﾜｰ', [3]],
    ['京', [4, 3]],
    ['北京开会', [4]],
    ['서울', [5]],
    ['елка', [6]],
    ['strasse münchen', [7]],
    ['munchen', [7]],
    ['onboarding', [8]],
    ['has:link', [10, 8]],
    ['has:code', [9]],
    ['-has:link see', []],
    ['roadmap', [10]],
    ['snake_case_names', [11]],
    ['snake_case*', [11]],
    ['%', []],
    ['nothing like that', []],
  ])('%s', async (query, expected) => {
    expect(await texts(ann, query)).toEqual(expected.map((n) => lines[n]));
  });

  it('marks what was found, in plain text', async () => {
    const { results } = await ask(ann, 'kettle broken');
    const [{ snippet }] = results as [Output<'search.messages'>['results'][number]];
    expect(snippet.text).toBe('The Kettle is broken again');
    expect(snippet.marks.map(([from, to]) => snippet.text.slice(from, to))).toEqual(['Kettle', 'broken']);
  });

  it('names of files are words, and has:file knows them', async () => {
    const [result] = (await ask(ann, 'kettle broken')).results;
    if (!result) throw new Error('nothing was found');
    const file = {
      id: '1',
      roomId: team,
      name: 'Budget-2027.pdf',
      type: 'x/y',
      size: 1,
      hasThumbnail: false,
    };
    const entry = entryOf({ ...result.message, text: '', files: [file] });
    expect(entry.written).toEqual(['file']);
    expect(entry.folded).toBe(' budget 2027 pdf ');
  });

  it('cuts long texts around the first mark', async () => {
    await say(`${'before '.repeat(100)}the needle 🎉 ${'after '.repeat(100)}`);
    await follow();
    const [result] = (await ask(ann, 'needle')).results;
    const { text, marks } = result?.snippet ?? { text: '', marks: [] };
    expect(text.length).toBeLessThan(260);
    expect(text).toMatch(/^….*…$/);
    expect(marks.map(([from, to]) => text.slice(from, to))).toEqual(['needle']);
  });

  it('by relevance: better matches before newer ones, page by page', async () => {
    await say('lantern lantern lantern');
    for (let n = 0; n < 30; n += 1) await say(`${'so many other words '.repeat(5)} lantern ${n}`);
    await follow();
    const first = await ask(ann, 'lantern', { sort: 'relevance', limit: 20 });
    expect(first.results[0]?.message.text).toBe('lantern lantern lantern');
    await say('lantern lantern lantern lantern');
    await follow();
    const second = await ask(ann, 'lantern', { sort: 'relevance', limit: 20, cursor: first.next ?? '' });
    expect(second.next).toBeNull();
    const ids = [...first.results, ...second.results].map(({ message }) => message.id);
    expect(new Set(ids).size).toBe(31);
  });

  it('by time, page by page', async () => {
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Output<'search.messages'> = await ask(ann, 'lantern', {
        limit: 9,
        ...(cursor === null ? {} : { cursor }),
      });
      found.push(...page.results.map(({ message }) => message.id));
      cursor = page.next;
    } while (cursor !== null);
    expect(found).toHaveLength(32);
    expect(found).toEqual([...found].sort((a, b) => Number(b) - Number(a)));
  });
});

describe('operators', () => {
  beforeAll(async () => {
    const root = await say('zebra one', team, ann);
    await say('zebra two', team, bob, { threadId: root });
    await say('zebra three @bob', open, ann);
    await say('zebra four', talk, bob);
    await handlers['message.pin'](ann, { messageId: root });
    await handlers['message.save'](bob, { messageId: root });
    await handlers['reaction.add'](bob, { messageId: root, emoji: '🎉' });
    clock.elapse(3 * 86_400_000);
    await say('zebra five', open, ann);
    await follow();
  });
  it.each<[string, string[]]>([
    ['zebra', ['five', 'four', 'three @bob', 'two', 'one']],
    ['zebra from:bob', ['four', 'two']],
    ['zebra from:me', ['five', 'three @bob', 'one']],
    ['zebra -from:@ann', ['four', 'two']],
    ['zebra from:ann from:bob', ['five', 'four', 'three @bob', 'two', 'one']],
    ['zebra in:#team', ['two', 'one']],
    ['zebra in:@bob', ['four']],
    ['zebra -in:open', ['four', 'two', 'one']],
    ['zebra to:bob', ['three @bob']],
    ['zebra to:me', ['four']],
    ['zebra has:pin', ['one']],
    ['zebra is:pinned', ['one']],
    ['zebra has:reaction', ['one']],
    ['zebra is:thread', ['two']],
    ['zebra -is:thread in:team', ['one']],
    ['is:saved', []],
    ['zebra after:2026-11-24', ['five']],
    ['zebra before:2026-11-25', ['four', 'three @bob', 'two', 'one']],
    ['zebra during:2026-11-27', ['five']],
    ['zebra during:today', ['five']],
    ['zebra before:2020', []],
  ])('%s', async (query, expected) => {
    expect(await texts(ann, query)).toEqual(expected.map((end) => `zebra ${end}`));
  });

  it("saved ones are one's own", async () => {
    expect(await texts(bob, 'is:saved')).toEqual(['zebra one']);
    expect(await texts(bob, '-is:saved zebra in:team')).toEqual(['zebra two']);
  });

  it('says what it does not know', async () => {
    expect(await ask(ann, 'zebra from:nobody in:nowhere has:wings')).toMatchObject({
      results: [],
      problems: [
        { kind: 'has', value: 'wings' },
        { kind: 'person', value: 'nobody' },
        { kind: 'room', value: 'nowhere' },
      ],
    });
  });

  it('refuses what is no time zone', async () => {
    await expect(ask(ann, 'zebra', { timeZone: 'Mars/Base' })).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('rights', () => {
  it('nobody finds what is said in rooms they are not in, but for public ones', async () => {
    await say('orchid in private', team);
    await say('orchid in a talk', talk);
    await say('orchid in public', open);
    await follow();
    expect(await texts(ann, 'orchid')).toHaveLength(3);
    expect(await texts(eve, 'orchid')).toEqual(['orchid in public']);
    expect((await ask(eve, 'orchid in:team')).problems).toEqual([{ kind: 'room', value: 'team' }]);
    for (const query of ['-nothing', 'from:ann', 'has:pin', 'before:2030', 'is:thread']) {
      const found = (await ask(eve, query, { limit: 100 })).results;
      expect(found.every(({ message }) => message.roomId === open)).toBe(true);
    }
  });

  it('nor after leaving, at once', async () => {
    expect(await texts(bob, 'orchid private')).toHaveLength(1);
    await handlers['room.leave'](bob, { roomId: team });
    expect(await texts(bob, 'orchid private')).toEqual([]);
  });

  it('an edit changes what is found, and a deletion takes it away, from the index too', async () => {
    const messageId = await say('tulip before');
    await follow();
    await handlers['message.edit'](ann, { messageId, text: 'crocus after', version: 1 });
    await follow();
    expect(await texts(ann, 'tulip')).toEqual([]);
    expect(await texts(ann, 'crocus')).toEqual(['crocus after']);
    await handlers['message.delete'](ann, { messageId });
    expect(await texts(ann, 'crocus')).toEqual([]);
    await follow();
    expect(await database.rows(sql`select 1 from search_entries where message_id = ${messageId}`)).toEqual(
      [],
    );
  });
});

describe('hostile queries', () => {
  it.each([
    "'); drop table search_entries; --",
    "a' & !b | (c:* <-> d)",
    '.*(a+)+$ [[[ \\',
    '%_%\\%',
    '\u0000\u0001 \ud800',
    '*'.repeat(400),
    'from:'.repeat(90),
    '"'.repeat(300),
    '-'.repeat(300),
    'in:' + 'x'.repeat(400),
    '漢'.repeat(400),
    `*${'a'.repeat(400)}*`,
  ])('%s', async (query) => {
    const { results } = await ask(eve, query);
    expect(results.every(({ message }) => message.roomId === open)).toBe(true);
  });
});

describe('filling', () => {
  it('makes everything anew, in turns, while nothing is lost', async () => {
    const before = await database.rows(sql`select * from search_entries order by message_id`);
    await database.rows(sql`truncate search_entries`);
    await fillAnew(database);
    const report = async () => fillBatch({ database, clock, index: postgresIndex });
    const [one, other] = await Promise.all([report(), report()]);
    expect([one.isDone, other.isDone]).toEqual([true, true]);
    expect(await report()).toEqual({ filled: before.length, isDone: true });
    expect(await database.rows(sql`select * from search_entries order by message_id`)).toEqual(before);
  });

  it('uses its index where words are asked for', async () => {
    const plan = await database.write(async (tx) => {
      await tx.rows(sql`set local enable_seqscan = off`);
      return tx.rows<{ 'QUERY PLAN': string }>(sql`
        explain select message_id from search_entries e where e.grams @> ${[gramOf(0, 'wzebra')]}::int[]`);
    });
    expect(plan.map((line) => line['QUERY PLAN']).join()).toContain('search_entries_grams');
  });
});
