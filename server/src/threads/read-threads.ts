import { limits, type Input, type Output } from '@confab/protocol';
import { roomStream, streamName } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { formatCursor, parseCursor } from '../kit/cursor.ts';
import { sql } from '../kit/sql.ts';
import { beyond, companyOf, findMessages, findMessagesById, peopleIn, rangeOf } from '../messages/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { forReading } from '../rooms/index.ts';
import { forThread } from './doors.ts';
import { findFollowing, findLastReplies, findOwnHead, listFollowed } from './store.ts';

/** A thread's root and a page of its replies, cut by their numbers as a timeline is by ordinals. */
export async function readThreadHistory(
  deps: { database: Database; epoch: number },
  caller: Caller,
  input: Input<'thread.history'>,
): Promise<Output<'thread.history'>> {
  const { threadId, before, after, limit = limits.pageDefault } = input;
  return deps.database.read(async (tx) => {
    const root = await forThread(tx, threadId, caller.userId);
    const { counters } = await forReading(tx, root.roomId, caller.userId);
    const end = root.thread?.ordinal ?? 0;
    const range = rangeOf(end, limit, after === undefined ? { before } : { after });
    const messages = await findMessages(
      tx,
      sql`g.thread_id = ${threadId} and g.thread_ordinal between ${range.first} and ${range.last}`,
      sql`order by g.thread_ordinal`,
    );
    return {
      root,
      messages,
      ...(await companyOf(tx, [root, ...messages])),
      following: await findFollowing(tx, caller.userId, threadId),
      followingAt: await findOwnHead(tx, caller.userId),
      position: { stream: streamName(roomStream(root.roomId)), epoch: deps.epoch, seq: counters.head },
      ...beyond(range, end),
    };
  });
}

/** Threads this person follows, last reply first. */
export async function listThreads(
  deps: { database: Database },
  caller: Caller,
  input: Input<'thread.list'>,
): Promise<Output<'thread.list'>> {
  const { unread = false, cursor, limit = limits.pageDefault } = input;
  const after = cursor === undefined ? null : placeOf(cursor);
  return deps.database.read(async (tx) => {
    const found = await listFollowed(tx, caller.userId, { unread, after, count: limit + 1 });
    const page = found.slice(0, limit);
    const ids = page.map(({ threadId }) => threadId);
    const lastIds = await findLastReplies(tx, ids);
    const messages = await findMessagesById(tx, [...ids, ...lastIds]);
    const roots = new Map(messages.map((message) => [message.id, message]));
    const lasts = new Map(messages.map((message) => [message.threadId, message]));
    const threads = page.flatMap((thread) => {
      const root = roots.get(thread.threadId);
      return root ? [{ thread, root, last: lasts.get(thread.threadId) ?? null }] : [];
    });
    const end = threads.at(-1)?.root;
    const next = found.length > limit && end ? formatCursor(String(end.thread?.lastAt ?? 0), end.id) : null;
    return { threads, users: await peopleIn(tx, messages), next };
  });
}

function placeOf(cursor: string): { lastAt: Date; threadId: string } {
  const [lastAt, threadId] = parseCursor(cursor, ['time', 'number']);
  return { lastAt: new Date(Number(lastAt)), threadId };
}
