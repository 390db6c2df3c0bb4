/** People, rooms and tokens straight into the tables: making accounts by the door takes a slow hash each. */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from '@confab/server/kit/sql';
import type { Database } from '@confab/server/platform/postgres/index';

export interface SeededPerson {
  readonly userId: string;
  /** A personal access token with the scopes read and write. */
  readonly token: string;
}

/** @param options.handles for those who are to be called by name. */
export async function seedPeople(
  database: Database,
  count: number,
  options: { handles?: readonly string[] } = {},
): Promise<SeededPerson[]> {
  const secrets = Array.from({ length: count }, () => `cft_${randomBytes(32).toString('base64url')}`);
  const hashes = secrets.map((secret) => createHash('sha256').update(secret).digest());
  const handles = secrets.map(
    (_, index) => options.handles?.[index] ?? `rider-${randomBytes(6).toString('hex')}`,
  );
  const rows = await database.rows<{ id: string }>(sql`
    with person as materialized (
      select nextval('ids') as id, nextval('ids') as token_id, hash, handle, n
      from unnest(${hashes}::bytea[], ${handles}::text[]) with ordinality as given(hash, handle, n)
    ),
    stream as (
      insert into streams (id, kind, moved_at, last_at) select id, 'user', now(), now() from person
    ),
    account as (
      insert into users (id, handle, name, role, email, created_at)
      select id, handle, initcap(handle), 'member', handle || '@seeded.example', now() from person
    ),
    token as (
      insert into tokens (id, user_id, name, scopes, secret_hash, created_at)
      select token_id, id, 'seeded', '{read,write}', hash, now() from person
    )
    select id from person order by n`);
  return secrets.map((token, index) => ({ token, userId: rows[index]?.id ?? '' }));
}

/** A room with these people in it; the first owns it. @returns its id */
export async function seedRoom(
  database: Database,
  people: readonly SeededPerson[],
  options: { name?: string; kind?: 'public' | 'private' } = {},
): Promise<string> {
  const ids = people.map((person) => person.userId);
  const name = options.name ?? `room-${randomBytes(6).toString('hex')}`;
  const [row] = await database.rows<{ id: string }>(sql`
    with room as (
      insert into rooms (id, kind, name, created_at, created_by, member_count, changed_at)
      select nextval('ids'), ${options.kind ?? 'public'}, ${name}, now(), ${ids[0]}, ${ids.length}, now() returning id
    ),
    stream as (
      insert into streams (id, kind, moved_at, last_at) select id, 'room', now(), now() from room
    ),
    member as (
      insert into memberships (user_id, room_id, role, joined_at)
      select person, room.id, case when n = 1 then 'owner' else 'member' end, now()
      from room, unnest(${ids}::bigint[]) with ordinality as given(person, n)
    )
    select id from room`);
  return row?.id ?? '';
}
