import { sql } from '@confab/server/kit/sql';
import type { Database } from '@confab/server/platform/postgres/index';

export interface LargeWorkspace {
  /** The ids of the rooms with a few messages each, in the order of their names `room-0001` … */
  readonly roomIds: readonly string[];
  /** One room with very many messages, `million`. */
  readonly longRoomId: string;
}

/** Rooms the person is in and messages in them, written past the calls, which would take hours. All is read. */
export async function fillLargeWorkspace(
  database: Database,
  size: { userId: string; rooms: number; messages: number },
): Promise<LargeWorkspace> {
  const { userId, rooms, messages } = size;
  const few = await addRooms(database, { userId, rooms, messages: 60, prefix: 'room-' });
  const [longRoomId = ''] = await addRooms(database, { userId, rooms: 1, messages, prefix: 'million-' });
  await database.rows(sql`analyze rooms, streams, memberships, messages`);
  return { roomIds: few, longRoomId };
}

async function addRooms(
  database: Database,
  { userId, rooms, messages, prefix }: { userId: string; rooms: number; messages: number; prefix: string },
): Promise<string[]> {
  const made = await database.rows<{ id: string }>(sql`
    with made as (
      insert into rooms (id, kind, name, created_at, created_by, member_count, changed_at)
      select nextval('ids'), 'public', ${prefix}::text || lpad(n::text, 4, '0'), now() - interval '1 year', ${userId}, 1, now() - interval '1 year'
      from generate_series(1, ${rooms}::int) n
      returning id, name
    ), numbered as (
      insert into streams (id, kind, head, ordinal, floor, moved_at, last_at)
      select id, 'room', ${messages}, ${messages}, ${messages}, now() - interval '1 hour', now() - interval '1 hour' from made
    ), joined as (
      insert into memberships (user_id, room_id, role, joined_at, read_ordinal)
      select ${userId}, id, 'member', now() - interval '1 year', ${messages} from made
    )
    select id::text from made order by name`);
  const ids = made.map(({ id }) => id);
  await database.rows(sql`
    insert into messages (id, room_id, seq, ordinal, author_id, client_id, at, text)
    select nextval('ids'), room_id, n, n, ${userId}, room_id || '-' || n, now() - (${messages}::int - n) * interval '30 seconds' - interval '1 hour',
      'Message ' || n || ' of many: ' || repeat('some words that somebody wrote ', 1 + n % 4)
    from unnest(${ids}::bigint[]) room_id, generate_series(1, ${messages}::int) n`);
  return ids;
}
