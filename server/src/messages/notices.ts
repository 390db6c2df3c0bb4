/** What edits and deletions tell the people they concern. The room's stream is locked; the people's are locked here. */
import type { Mentions, Message, Notice, Room } from '@confab/protocol';
import { userStream, type Appender } from '../delivery/index.ts';
import { sql } from '../kit/sql.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { membersAmong } from '../rooms/index.ts';
import { findFollowed, follow } from './follower-store.ts';
import { deleteMentions, findMentioned, insertMentions, setWideMention } from './mention-store.ts';
import { mentionedUsers, wideMention } from './rules.ts';

/** After an edit: who is newly mentioned is told, and from who no longer is, the notice is taken back. */
export async function moveMentions(
  tx: Tx,
  log: Appender,
  edit: { room: Room; before: Message; mentions: Mentions | null; excerpt: string },
): Promise<void> {
  const { room, before, mentions } = edit;
  const named = mentionedUsers(mentions).filter((userId) => userId !== before.authorId);
  const present = await membersAmong(tx, room.id, named);
  const earlier = await findMentioned(tx, before.id);
  const added = named.filter((userId) => present.has(userId) && !earlier.has(userId));
  const removed = [...earlier].filter((userId) => !named.includes(userId));
  await log.lock([...added, ...removed].map(userStream));
  await insertMentions(tx, before, added);
  await deleteMentions(tx, before.id, removed);
  await setWideMention(tx, before, wideMention(mentions));
  const notice = noticeOf(room, before, edit.excerpt);
  for (const userId of added) log.append(userStream(userId), 'notice.added', { notice });
  if (before.threadId !== null && added.length > 0) await tellFollowers(tx, log, before, added);
  takeBack(log, before, removed);
}

/** After a deletion. Those who were only told of a direct message or a reply keep the count: its place stays. */
export async function withdrawMentions(tx: Tx, log: Appender, before: Message): Promise<void> {
  const removed = [...(await findMentioned(tx, before.id))];
  await log.lock(removed.map(userStream));
  await deleteMentions(tx, before.id, removed);
  await setWideMention(tx, before, null);
  takeBack(log, before, removed);
}

function takeBack(log: Appender, message: Message, userIds: readonly string[]): void {
  const { id: messageId, roomId, ordinal, threadId, threadOrdinal } = message;
  for (const userId of userIds) {
    log.append(userStream(userId), 'notice.removed', { messageId, roomId, ordinal, threadId, threadOrdinal });
  }
}

/**
 * Being mentioned in a reply makes people follow its thread, the replies before read. An edited reply may lie far back,
 * so that its notice alone does not tell how the thread stands.
 */
async function tellFollowers(
  tx: Tx,
  log: Appender,
  reply: Message,
  userIds: readonly string[],
): Promise<void> {
  const threadId = reply.threadId ?? '';
  await follow(tx, threadId, { userIds, readOrdinal: (reply.threadOrdinal ?? 1) - 1 });
  const told = await findFollowed(
    tx,
    sql`f.thread_id = ${threadId} and f.user_id = any(${userIds}::bigint[])`,
    sql`order by f.user_id`,
  );
  const threads = new Map(told.map(({ userId, thread }) => [userId, thread]));
  for (const userId of userIds) {
    const thread = threads.get(userId);
    if (thread) log.append(userStream(userId), 'thread.followed', { thread });
    else log.append(userStream(userId), 'thread.unfollowed', { threadId });
  }
}

function noticeOf(room: Room, message: Message, excerpt: string): Notice {
  const { seq, ordinal, threadId, threadOrdinal, authorId } = message;
  return {
    kind: room.kind === 'direct' ? 'direct' : 'mention',
    roomId: room.id,
    messageId: message.id,
    seq,
    ordinal,
    threadId,
    threadOrdinal,
    mentioned: true,
    authorId,
    excerpt,
  };
}
