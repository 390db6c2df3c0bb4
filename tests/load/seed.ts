/** People, rooms and tokens straight into the tables: making a thousand accounts by the door would take minutes of hashing. */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from '@confab/server/kit/sql';
import type { Database } from '@confab/server/platform/postgres/index';

export interface SeededPerson {
  readonly userId: string;
  /** A personal access token with the scopes read and write. */
  readonly token: string;
}

export async function seedPeople(database: Database, count: number): Promise<SeededPerson[]> {
  const secrets = Array.from({ length: count }, () => `cft_${randomBytes(32).toString('base64url')}`);
  const hashes = secrets.map((secret) => createHash('sha256').update(secret).digest());
  const rows = await database.rows<{ id: string }>(sql`
    with person as (
      select nextval('ids') as id, nextval('ids') as token_id, hash, n
      from unnest(${hashes}::bytea[]) with ordinality as given(hash, n)
    ),
    stream as (
      insert into streams (id, kind, moved_at, last_at) select id, 'user', now(), now() from person
    ),
    account as (
      insert into users (id, handle, name, role, email, created_at)
      select id, 'rider' || id, 'Rider ' || id, 'member', 'rider' || id || '@load.example', now() from person
    )
    insert into tokens (id, user_id, name, scopes, secret_hash, created_at)
    select token_id, id, 'load', '{read,write}', hash, now() from person order by n
    returning user_id as id`);
  return secrets.map((token, index) => ({ token, userId: rows[index]?.id ?? '' }));
}

/** A public room with these people in it. @returns its id */
export async function seedRoom(database: Database, people: readonly SeededPerson[]): Promise<string> {
  const ids = people.map((person) => person.userId);
  const [row] = await database.rows<{ id: string }>(sql`
    with room as (
      insert into rooms (id, kind, name, created_at, created_by, member_count, changed_at)
      select nextval('ids'), 'public', 'load-' || currval('ids'), now(), ${ids[0]}, ${ids.length}, now() returning id
    ),
    stream as (
      insert into streams (id, kind, moved_at, last_at) select id, 'room', now(), now() from room
    ),
    member as (
      insert into memberships (user_id, room_id, role, joined_at)
      select person, room.id, 'member', now() from room, unnest(${ids}::bigint[]) as person
    )
    select id from room`);
  return row?.id ?? '';
}
