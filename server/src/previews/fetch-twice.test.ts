/** A page that is fetched by two, as when the first stands still for longer than its lease: no picture is left over. */
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testPlatform } from '../../../tests/support/platform.ts';
import { createTestDatabase, type TestDatabase } from '../../../tests/support/test-database.ts';
import { removeDue } from '../files/index.ts';
import { sql } from '../kit/sql.ts';
import { createManualClock } from '../platform/clock/index.ts';
import { createMemoryObjects } from '../platform/objects/index.ts';
import { createMemoryOutbound, type Outbound } from '../platform/outbound/index.ts';
import { fetchDue } from './fetch-due.ts';

let db: TestDatabase;
const objects = createMemoryObjects();
const clock = createManualClock(Date.now());
const hour = 3_600_000;

beforeAll(async () => {
  db = await createTestDatabase();
}, 60_000);
afterAll(() => db.close());

/** A site whose page shows a picture, asked when somebody lets it answer. */
async function site(mayAnswer: Promise<void> = Promise.resolve()) {
  const picture = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  let isAsked = (): void => {};
  const asked = new Promise<void>((resolve) => (isAsked = resolve));
  const answers = createMemoryOutbound(({ url }) =>
    url.endsWith('.png')
      ? { headers: { 'content-type': 'image/png' }, body: picture }
      : {
          headers: { 'content-type': 'text/html' },
          body: '<title>A page</title><meta property="og:image" content="/a.png">',
        },
  );
  const outbound: Outbound = {
    ...answers,
    async request(asking) {
      isAsked();
      await mayAnswer;
      return answers.request(asking);
    },
  };
  const deps = { ...testPlatform(db.database), clock, objects, outbound };
  return { asked, fetch: () => fetchDue(deps, () => false) };
}

async function pageThatIsDue(url: string): Promise<void> {
  await db.database.rows(sql`
    insert into link_pages (id, url, url_hash, due_at)
    values (nextval('ids'), ${url}, ${url}, ${new Date(clock.now())})`);
}

async function keptKeys(): Promise<string[]> {
  const rows = await db.database.rows<{ picture_key: string }>(
    sql`select picture_key from link_pages where picture_key is not null order by picture_key`,
  );
  return rows.map((row) => row.picture_key);
}

/** The first begins; meanwhile the other does its work, and then the first goes on. */
async function whileOneStandsStill(work: () => Promise<unknown>): Promise<void> {
  let letGo = (): void => {};
  const slow = await site(new Promise((resolve) => (letGo = resolve)));
  const first = slow.fetch();
  await slow.asked;
  clock.elapse(hour / 2);
  await work();
  letGo();
  await first;
  clock.elapse(2 * hour);
  await removeDue({ database: db.database, objects, clock });
}

it('keeps the picture of who was last', async () => {
  await pageThatIsDue('https://a.example.org/');
  await whileOneStandsStill(async () => (await site()).fetch());
  expect(objects.keys()).toEqual(await keptKeys());
  expect(await keptKeys()).toHaveLength(1);
});

it('keeps none of a page that is forgotten meanwhile', async () => {
  await pageThatIsDue('https://b.example.org/');
  const before = await keptKeys();
  await whileOneStandsStill(() =>
    db.database.rows(sql`delete from link_pages where url = 'https://b.example.org/'`),
  );
  expect(objects.keys()).toEqual(before);
});
