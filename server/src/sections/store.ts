/** Rows change only under their person's stream lock. */
import type { Section } from '@confab/protocol';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { wholeArrangement, type Arrangement } from './rules.ts';

interface SectionRow {
  id: string;
  name: string;
  emoji: string | null;
  sort: Section['sort'];
  is_folded: boolean;
  room_ids: string[];
}

/** All sections of one person from top to bottom. */
export async function findSections(tx: Tx, userId: string): Promise<Section[]> {
  const rows = await tx.rows<SectionRow>(sql`
    select id, name, emoji, sort, is_folded, room_ids from sections
    where user_id = ${userId} and deleted_at is null order by place, id`);
  const stored = rows.map((row) => ({
    id: row.id,
    name: row.name,
    emoji: row.emoji,
    sort: row.sort,
    isFolded: row.is_folded,
    roomIds: row.room_ids,
  }));
  return [...wholeArrangement(stored)];
}

/** Also of one that was deleted. */
export async function findByClientId(tx: Tx, userId: string, clientId: string): Promise<string | null> {
  const [row] = await tx.rows<{ id: string }>(
    sql`select id from sections where user_id = ${userId} and client_id = ${clientId}`,
  );
  return row?.id ?? null;
}

/** An empty section, to be filled with `putSections`. @returns its id */
export async function insertSection(tx: Tx, made: { userId: string; clientId: string }): Promise<string> {
  const [row] = await tx.rows<{ id: string }>(sql`
    insert into sections (user_id, id, client_id)
    values (${made.userId}, nextval('ids')::text, ${made.clientId}) returning id`);
  return row?.id ?? '';
}

/** Writes what differs from what is stored. */
export async function putSections(tx: Tx, userId: string, arrangement: Arrangement): Promise<void> {
  const rows = arrangement.map(({ id, name, emoji, sort, isFolded, roomIds }, place) => ({
    id,
    place,
    name,
    emoji,
    sort,
    is_folded: isFolded,
    room_ids: `{${roomIds.join(',')}}`,
  }));
  await tx.rows(sql`
    insert into sections as s (user_id, id, place, name, emoji, sort, is_folded, room_ids)
    select ${userId}, x.id, x.place, x.name, x.emoji, x.sort, x.is_folded, x.room_ids::bigint[]
    from json_to_recordset(${JSON.stringify(rows)}::json) as x(
      id text, place int, name text, emoji text, sort text, is_folded boolean, room_ids text)
    on conflict (user_id, id) do update set place = excluded.place, name = excluded.name, emoji = excluded.emoji,
      sort = excluded.sort, is_folded = excluded.is_folded, room_ids = excluded.room_ids
    where (s.place, s.name, s.emoji, s.sort, s.is_folded, s.room_ids) is distinct from (excluded.place, excluded.name,
      excluded.emoji, excluded.sort, excluded.is_folded, excluded.room_ids)`);
}

export async function emptySection(tx: Tx, userId: string, sectionId: string, at: Date): Promise<void> {
  await tx.rows(sql`
    update sections set deleted_at = ${at}, name = '', emoji = null, room_ids = '{}'
    where user_id = ${userId} and id = ${sectionId}`);
}
