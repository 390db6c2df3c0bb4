/** Who follows which thread, and how far they have read. Changes only under the room's stream lock. */
import { limits, type FollowedThread } from '@confab/protocol';
import { sql, type Sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';

interface FollowerRow {
  user_id: string;
  thread_id: string;
  room_id: string;
  ordinal: string;
  read_ordinal: string;
  mentions: number[];
}

/** Followed threads that fulfil a condition on follower `f`, root message `g` and thread `t`, in the order given. */
export async function findFollowed(
  tx: Tx,
  condition: Sql,
  order: Sql,
): Promise<{ userId: string; thread: FollowedThread }[]> {
  const rows = await tx.rows<FollowerRow>(sql`
    select f.user_id, f.thread_id, g.room_id, coalesce(t.ordinal, 0) as ordinal, f.read_ordinal, array(
      select x.thread_ordinal::int from (
        select p.thread_ordinal from mentions p
        where p.user_id = f.user_id and p.thread_id = f.thread_id and p.thread_ordinal > f.read_ordinal
        order by 1 desc limit ${limits.unreadMentionsMax}
      ) x order by 1) as mentions
    from thread_followers f join messages g on g.id = f.thread_id left join threads t on t.id = f.thread_id
    where ${condition} ${order}`);
  return rows.map((row) => ({
    userId: row.user_id,
    thread: {
      threadId: row.thread_id,
      roomId: row.room_id,
      ordinal: Number(row.ordinal),
      readOrdinal: Number(row.read_ordinal),
      mentions: row.mentions,
    },
  }));
}

/** Makes people follow who do not, as long as there is room. @returns false when there was none for all of them */
export async function follow(
  tx: Tx,
  threadId: string,
  entry: { userIds: readonly string[]; readOrdinal: number },
): Promise<boolean> {
  const rows = await tx.rows<{ user_id: string }>(sql`
    with wanted as (
      select w.user_id from unnest(${entry.userIds}::bigint[]) as w(user_id)
      where not exists (select 1 from thread_followers e where e.user_id = w.user_id and e.thread_id = ${threadId})
    ),
    space as (
      select ${limits.threadFollowersMax} - count(*) as left_over from thread_followers where thread_id = ${threadId}
    ),
    added as (
      insert into thread_followers (user_id, thread_id, read_ordinal)
      select user_id, ${threadId}, ${entry.readOrdinal} from wanted
      where (select count(*) from wanted) <= (select left_over from space)
      returning user_id
    )
    select user_id from wanted where user_id not in (select user_id from added)`);
  return rows.length === 0;
}
