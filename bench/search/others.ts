/**
 * The same texts in what Postgres brings itself, text search (`tsvector`) and trigrams (`pg_trgm`), each in a table of its
 * own with a GIN index: what they take, and how soon they find the newest twenty.
 */
import { sql, type Sql } from '@confab/server/kit/sql';
import type { Database } from '@confab/server/platform/postgres/index';
import type { QueryKind } from './texts.ts';

export interface Other {
  readonly name: 'tsvector' | 'pg_trgm';
  readonly buildSeconds: number;
  readonly bytesPerMessage: number;
  /** Null for what it cannot look up. @returns how many were found */
  ask(kind: QueryKind, query: string, userId: string): Promise<number> | null;
}

const pageRows = 21;

/** Tables are made when they are missing; the texts are taken from the index of Confab, without case and accents. */
export async function makeOthers(database: Database): Promise<readonly Other[]> {
  const newest = async (table: string, condition: Sql, userId: string): Promise<number> => {
    const { text, values } = sql`where room_id in (select room_id from memberships where user_id = ${userId})
      and ${condition} order by message_id desc limit ${pageRows}`;
    return (await database.rows({ text: `select message_id from ${table} ${text}`, values })).length;
  };
  return [
    {
      name: 'tsvector',
      ...(await make(database, 'other_words', "to_tsvector('simple', folded) as words", 'gin (words)')),
      ask(kind, query, userId) {
        // To it a run of Chinese is one word.
        if (kind === 'substring' || kind === 'CJK') return null;
        return newest('other_words', sql`words @@ plainto_tsquery('simple', ${query})`, userId);
      },
    },
    {
      name: 'pg_trgm',
      ...(await make(database, 'other_parts', 'folded', 'gin (folded gin_trgm_ops)')),
      ask(kind, query, userId) {
        const parts = kind === 'many-word' ? query.split(' ') : [query.replaceAll('*', '')];
        const [before, after] = kind === 'substring' || kind === 'CJK' ? ['%', '%'] : ['% ', ' %'];
        const likes = parts.map((part) => sql`folded like ${before + part + after}`);
        return newest(
          'other_parts',
          likes.reduce((all, like) => sql`${all} and ${like}`),
          userId,
        );
      },
    },
  ];
}

async function make(
  database: Database,
  table: string,
  column: string,
  index: string,
): Promise<{ buildSeconds: number; bytesPerMessage: number }> {
  const command = (text: string) => database.rows<{ bytes: string; count: string }>({ text, values: [] });
  const begun = performance.now();
  const [there] = await database.rows(sql`select 1 from pg_class where relname = ${table}`);
  if (!there) {
    await command('create extension if not exists pg_trgm');
    await command(`create table ${table} as select message_id, room_id, ${column} from search_entries`);
    await command(`alter table ${table} add primary key (message_id)`);
    await command(`create index ${table}_look_up on ${table} using ${index}`);
    await command(`vacuum analyze ${table}`);
  }
  const [size] = await command(
    `select pg_total_relation_size('${table}') as bytes, (select count(*) from ${table}) as count`,
  );
  return {
    buildSeconds: Math.round((performance.now() - begun) / 1_000),
    bytesPerMessage: Math.round(Number(size?.bytes) / Number(size?.count)),
  };
}
