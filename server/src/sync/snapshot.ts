import type { Output } from '@confab/protocol';
import { streamName, userStream, workspaceStream } from '../delivery/index.ts';
import { findDrafts } from '../drafts/index.ts';
import type { Caller } from '../kit/caller.ts';
import { findSavedIds } from '../messages/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { findReminders } from '../reminders/index.ts';
import { findMyRooms } from '../rooms/index.ts';
import { findScheduled } from '../scheduled/index.ts';
import { findSections } from '../sections/index.ts';
import { findUnreadThreads } from '../threads/index.ts';
import { findPreferences, findUsers, forAccount } from '../users/index.ts';
import { findCustomEmoji, findWorkspace } from '../workspace/index.ts';
import { findHeads } from './store.ts';

export interface SnapshotDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly epoch: number;
}

/** All of one person's state at one moment: a dozen statements, whatever the number of rooms. */
export async function takeSnapshot(deps: SnapshotDeps, caller: Caller): Promise<Output<'sync.snapshot'>> {
  const { userId } = caller;
  const { epoch, clock } = deps;
  // Before the moment of reading: what a client does not see again since then, it must have seen.
  const at = clock.now();
  return deps.database.read(async (tx) => {
    const heads = await findHeads(tx, [userId]);
    const { user: me, email } = await forAccount(tx, userId);
    const rooms = await findMyRooms(tx, userId);
    const { name, signUpDomains, invitations } = await findWorkspace(tx);
    const people = rooms.flatMap(({ room }) => room.people).filter((id) => id !== userId);
    return {
      epoch,
      at,
      me: { userId, email },
      workspace: { name, signUpDomains, invitations },
      users: [me, ...(await findUsers(tx, people))],
      emoji: await findCustomEmoji(tx),
      rooms,
      threads: await findUnreadThreads(tx, userId),
      drafts: await findDrafts(tx, userId),
      scheduled: await findScheduled(tx, userId),
      reminders: await findReminders(tx, userId),
      sections: await findSections(tx, userId),
      saved: await findSavedIds(tx, userId),
      preferences: await findPreferences(tx, userId),
      positions: {
        workspace: {
          stream: streamName(workspaceStream),
          epoch,
          seq: heads.get(workspaceStream.id)?.head ?? 0,
        },
        user: { stream: streamName(userStream(userId)), epoch, seq: heads.get(userId)?.head ?? 0 },
      },
    };
  });
}
