import { limits, type Input, type Message, type Output } from '@confab/protocol';
import { roomStream, userStream, type Appender, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { follow } from '../messages/index.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import { forMember } from '../rooms/index.ts';
import { forThread } from './doors.ts';
import { findFollowing, moveThreadRead, unfollow } from './store.ts';

interface Deps {
  readonly database: Database;
  readonly log: EventLog;
}

/** From now on this person is told of replies; those there are count as read. */
export async function followThread(
  deps: Deps,
  caller: Caller,
  input: Input<'thread.follow'>,
): Promise<Output<'thread.follow'>> {
  return changeFollowing(deps, caller, input.threadId, async (tx, log, root) => {
    const { userId } = caller;
    if (await findFollowing(tx, userId, root.id)) return;
    if (root.deletedAt !== null) throw new Refusal('not_found', { what: 'message' });
    const followed = await follow(tx, root.id, {
      userIds: [userId],
      readOrdinal: root.thread?.ordinal ?? 0,
    });
    if (!followed) {
      throw new Refusal('limit_reached', { what: 'followers', limit: limits.threadFollowersMax });
    }
    await tellState(tx, log, userId, root.id);
  });
}

export async function unfollowThread(
  deps: Deps,
  caller: Caller,
  input: Input<'thread.unfollow'>,
): Promise<Output<'thread.unfollow'>> {
  return changeFollowing(deps, caller, input.threadId, async (tx, log, root) => {
    if (!(await unfollow(tx, caller.userId, root.id))) return;
    log.append(userStream(caller.userId), 'thread.unfollowed', { threadId: root.id });
  });
}

/** Read up to a reply. A thread that is not followed keeps no place. */
export async function readThread(
  deps: Deps,
  caller: Caller,
  input: Input<'thread.read'>,
): Promise<Output<'thread.read'>> {
  return changeFollowing(deps, caller, input.threadId, async (tx, log, root) => {
    const { userId } = caller;
    const moved = await moveThreadRead(tx, { userId, threadId: root.id, ordinal: input.ordinal });
    if (moved) await tellState(tx, log, userId, root.id);
  });
}

async function tellState(tx: Tx, log: Appender, userId: string, threadId: string): Promise<void> {
  const thread = await findFollowing(tx, userId, threadId);
  if (thread) log.append(userStream(userId), 'thread.followed', { thread });
}

async function changeFollowing(
  deps: Deps,
  caller: Caller,
  threadId: string,
  change: (tx: Tx, log: Appender, root: Message) => Promise<void>,
): Promise<Output<'thread.follow'>> {
  const { userId } = caller;
  const { roomId } = await forThread(deps.database, threadId, userId);
  const own = userStream(userId);
  return deps.log.write([roomStream(roomId), own], async (tx, log) => {
    await forMember(tx, roomId, userId);
    await change(tx, log, await forThread(tx, threadId, userId));
    return { position: log.position(own) };
  });
}
