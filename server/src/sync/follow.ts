/** What a connection needs to go on from where its client stands, read in one snapshot by the caller. */
import { limits, type Badge, type Follow, type Watch } from '@confab/protocol';
import {
  userStream,
  workspaceStream,
  type EventLog,
  type StreamEvent,
  type StreamRef,
} from '../delivery/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { forReading } from '../rooms/index.ts';
import { findBadges, findHeads, findRoomHeads, type StreamState } from './store.ts';

/** How far the clocks of nodes and what is still being committed may lie apart. */
const slackMs = 5 * 60_000;

export interface FollowState {
  readonly workspaceEvents: StreamEvent[];
  readonly userEvents: StreamEvent[];
  readonly heads: { readonly workspace: number; readonly user: number };
  /** All memberships. */
  readonly rooms: { roomId: string; head: number }[];
  /** Full badges of what moved since then. */
  readonly badges: Badge[];
  /** The client's place cannot be gone on from: it must take a snapshot. */
  readonly resync: { readonly workspace: boolean; readonly user: boolean };
}

export async function readFollow(
  tx: Tx,
  log: EventLog,
  input: { userId: string; follow: Follow },
): Promise<FollowState> {
  const { userId, follow } = input;
  const heads = await findHeads(tx, userId);
  const sameEpoch = follow.epoch === log.epoch;
  const resync = {
    workspace: !sameEpoch || !canGoOn(heads.workspace, follow.workspace),
    user: !sameEpoch || !canGoOn(heads.user, follow.user),
  };
  const missed = (stream: StreamRef, head: number, after: number): Promise<StreamEvent[]> =>
    after < head ? log.read(tx, stream, { after, limit: limits.eventPageMax }) : Promise.resolve([]);
  const { workspace, user } = heads;
  return {
    workspaceEvents: resync.workspace ? [] : await missed(workspaceStream, workspace.head, follow.workspace),
    userEvents: resync.user ? [] : await missed(userStream(userId), user.head, follow.user),
    heads: { workspace: workspace.head, user: user.head },
    rooms: await findRoomHeads(tx, userId),
    badges: await findBadges(tx, userId, new Date(Math.max(0, follow.since - slackMs))),
    resync,
  };
}

function canGoOn({ head, floor }: StreamState, after: number): boolean {
  return after >= floor && after <= head && head - after <= limits.eventPageMax;
}

export interface WatchState {
  readonly head: number;
  readonly isMember: boolean;
}

/** May this person read the room, and where does it stand? @throws Refusal not_found */
export async function readWatch(tx: Tx, input: { userId: string; watch: Watch }): Promise<WatchState> {
  const { membership, counters } = await forReading(tx, input.watch.roomId, input.userId);
  return { head: counters.head, isMember: membership !== null };
}
