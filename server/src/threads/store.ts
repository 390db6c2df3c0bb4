import type { FollowedThread } from '@confab/protocol';
import { limits } from '@confab/protocol';
import { nothing, sql } from '../kit/sql.ts';
import { findFollowed } from '../messages/index.ts';
import type { Tx } from '../platform/postgres/index.ts';

/** How a thread stands for one person; null when they do not follow it. */
export async function findFollowing(
  tx: Tx,
  userId: string,
  threadId: string,
): Promise<FollowedThread | null> {
  const [found] = await findFollowed(tx, sql`f.user_id = ${userId} and f.thread_id = ${threadId}`, sql``);
  return found?.thread ?? null;
}

/** How far the person's own stream goes, of which they are told of their threads. */
export async function findOwnHead(tx: Tx, userId: string): Promise<number> {
  const [row] = await tx.rows<{ head: string }>(sql`select head from streams where id = ${userId}`);
  return Number(row?.head ?? 0);
}

/** Followed threads with unread replies, last reply first, as a snapshot holds them. */
export async function findUnreadThreads(tx: Tx, userId: string): Promise<FollowedThread[]> {
  const found = await findFollowed(
    tx,
    sql`f.user_id = ${userId} and f.read_ordinal < t.ordinal`,
    sql`order by t.last_at desc, f.thread_id desc limit ${limits.unreadThreadsMax}`,
  );
  return found.map(({ thread }) => thread);
}

/** Followed threads that have replies, last reply first. */
export async function listFollowed(
  tx: Tx,
  userId: string,
  page: { unread: boolean; after: { lastAt: Date; threadId: string } | null; count: number },
): Promise<FollowedThread[]> {
  const { after } = page;
  const unread = page.unread ? sql`and f.read_ordinal < t.ordinal` : nothing;
  const beyond =
    after === null ? nothing : sql`and (t.last_at, f.thread_id) < (${after.lastAt}, ${after.threadId})`;
  const found = await findFollowed(
    tx,
    sql`f.user_id = ${userId} and t.id is not null ${unread} ${beyond}`,
    sql`order by t.last_at desc, f.thread_id desc limit ${page.count}`,
  );
  return found.map(({ thread }) => thread);
}

/** The newest reply of each thread that is not deleted; threads without one are left out. @returns ids of messages */
export async function findLastReplies(tx: Tx, threadIds: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select x.id from unnest(${threadIds}::bigint[]) as wanted(thread_id) cross join lateral (
      select id from messages g where g.thread_id = wanted.thread_id and g.deleted_at is null
      order by g.thread_ordinal desc limit 1) x`);
  return rows.map((row) => row.id);
}

/** Moves how far somebody has read, never back and never beyond the last reply. @returns false when it stays */
export async function moveThreadRead(
  tx: Tx,
  reader: { userId: string; threadId: string; ordinal: number },
): Promise<boolean> {
  const rows = await tx.rows(sql`
    update thread_followers f set read_ordinal = least(${reader.ordinal}, t.ordinal) from threads t
    where f.user_id = ${reader.userId} and f.thread_id = ${reader.threadId} and t.id = f.thread_id
      and f.read_ordinal < least(${reader.ordinal}, t.ordinal)
    returning 1 as moved`);
  return rows.length > 0;
}

/** @returns false when they did not follow */
export async function unfollow(tx: Tx, userId: string, threadId: string): Promise<boolean> {
  const rows = await tx.rows(sql`
    delete from thread_followers where user_id = ${userId} and thread_id = ${threadId} returning 1 as gone`);
  return rows.length > 0;
}
