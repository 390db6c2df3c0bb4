/** Builds whose way to the database is broken. */
import { sql, type Sql } from '@confab/server/kit/sql';
import type { Database, Tx } from '@confab/server/platform/postgres/index';
import type { Build } from '../cluster/build.ts';

const sends = /commit_messages/;

export const acknowledgesTooEarly: Build = {
  name: 'acknowledges-too-early',
  what: 'Answers before the commit; now and then the commit never comes.',
  breaks: ['kept', 'same', 'order', 'numbers', 'unlost'],
  database: (database, choices) => ({
    ...database,
    rows: <Row extends object>(query: Sql) =>
      sends.test(query.text) && choices.chance(0.05)
        ? withoutCommit(database, (tx) => tx.rows<Row>(query))
        : database.rows<Row>(query),
  }),
};

async function withoutCommit<Result>(database: Database, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const done: Result[] = [];
  const neverMind = new Error('never mind');
  await database
    .write(async (tx) => {
      done.push(await work(tx));
      throw neverMind;
    })
    .catch((error: unknown) => {
      if (error !== neverMind) throw error;
    });
  const [result] = done;
  if (result === undefined) throw neverMind;
  return result;
}

export const forgetsClientIds: Build = {
  name: 'forgets-client-ids',
  what: 'Takes a message that comes again under its client id for a new one.',
  breaks: ['once'],
  database: (database) => ({
    ...database,
    async rows<Row extends object>(query: Sql) {
      if (!sends.test(query.text)) return database.rows<Row>(query);
      const [rooms, items, ...rest] = query.values;
      const renamed = await renameKnown(database, items as string);
      return database.rows<Row>({ text: query.text, values: [rooms, renamed, ...rest] });
    },
  }),
};

async function renameKnown(database: Database, items: string): Promise<string> {
  const sent = JSON.parse(items) as { author_id: string; client_id: string }[];
  const known = await database.rows<{ author_id: string; client_id: string }>(sql`
    select author_id, client_id from messages where client_id = any(${sent.map((one) => one.client_id)}::text[])`);
  for (const item of sent) {
    const isKnown = known.some((one) => one.author_id === item.author_id && one.client_id === item.client_id);
    if (isKnown) item.client_id = `${item.client_id}-again`;
  }
  return JSON.stringify(sent);
}

export const readsTornSnapshots: Build = {
  name: 'reads-torn-snapshots',
  what: 'Reads each statement of a snapshot at a moment of its own.',
  breaks: ['rest', 'order', 'access'],
  database: (database) => ({ ...database, read: (work) => work(database) }),
};
