/** What connections need to go on from where their clients stand, read for many of them in one snapshot. */
import { limits, type Badge, type Follow, type Watch } from '@confab/protocol';
import {
  readAfterAll,
  userStream,
  workspaceStream,
  type EventLog,
  type StreamEvent,
  type StreamPlace,
  type StreamRef,
} from '../delivery/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { headsForReading, type ReadableHead } from '../rooms/index.ts';
import { findBadges, findHeads, findRoomHeads, type RoomHead, type StreamState } from './store.ts';

/** How far the clocks of nodes and what is still being committed may lie apart. */
const slackMs = 5 * 60_000;

export interface FollowInput {
  readonly userId: string;
  readonly follow: Follow;
}

export interface FollowState {
  readonly workspaceEvents: readonly StreamEvent[];
  readonly userEvents: readonly StreamEvent[];
  readonly heads: { readonly workspace: number; readonly user: number };
  /** All memberships. */
  readonly rooms: readonly RoomHead[];
  /** Full badges of what moved since then. */
  readonly badges: Badge[];
  /** The client's place cannot be gone on from: it must take a snapshot. */
  readonly resync: { readonly workspace: boolean; readonly user: boolean };
}

/** @param tx one snapshot @returns a state for each, in their order */
export async function readFollows(
  tx: Tx,
  log: EventLog,
  inputs: readonly FollowInput[],
): Promise<FollowState[]> {
  const userIds = [...new Set(inputs.map(({ userId }) => userId))];
  const heads = await findHeads(tx, userIds);
  const standing = inputs.map(({ userId, follow }) => {
    const stand = (stream: StreamRef, after: number): Standing =>
      standingOf(heads.get(stream.id) ?? none, { stream, after }, follow.epoch === log.epoch);
    return {
      workspace: stand(workspaceStream, follow.workspace),
      user: stand(userStream(userId), follow.user),
    };
  });
  const workspaceEvents = await readMissed(
    tx,
    standing.map(({ workspace }) => workspace.missedAfter),
  );
  const userEvents = await readMissed(
    tx,
    standing.map(({ user }) => user.missedAfter),
  );
  const rooms = await findRoomHeads(tx, userIds);
  const badges = await findBadges(
    tx,
    inputs.map(({ userId, follow }) => ({ userId, since: new Date(Math.max(0, follow.since - slackMs)) })),
  );
  return standing.map(({ workspace, user }, index) => ({
    workspaceEvents: workspaceEvents[index] ?? [],
    userEvents: userEvents[index] ?? [],
    heads: { workspace: workspace.head, user: user.head },
    rooms: rooms.get(inputs[index]?.userId ?? '') ?? [],
    badges: badges[index] ?? [],
    resync: { workspace: workspace.resync, user: user.resync },
  }));
}

const none: StreamState = { head: 0, floor: 0 };

interface Standing {
  readonly head: number;
  readonly resync: boolean;
  /** Where events are to be read from; null for who has missed none, or starts anew. */
  readonly missedAfter: StreamPlace | null;
}

function standingOf(state: StreamState, place: StreamPlace, sameEpoch: boolean): Standing {
  const resync = !sameEpoch || !canGoOn(state, place.after);
  return { head: state.head, resync, missedAfter: resync || place.after >= state.head ? null : place };
}

function canGoOn({ head, floor }: StreamState, after: number): boolean {
  return after >= floor && after <= head && head - after <= limits.eventPageMax;
}

/** Each place is read once, however many stand there. @param places null for who has missed nothing */
async function readMissed(
  tx: Tx,
  places: readonly (StreamPlace | null)[],
): Promise<(readonly StreamEvent[])[]> {
  const keyOf = ({ stream, after }: StreamPlace): string => `${stream.id} ${after}`;
  const distinct = new Map<string, StreamPlace>();
  for (const place of places) if (place !== null) distinct.set(keyOf(place), place);
  if (distinct.size === 0) return places.map(() => []);
  const events = await readAfterAll(tx, [...distinct.values()], limits.eventPageMax);
  const byKey = new Map([...distinct.keys()].map((key, index) => [key, events[index] ?? []]));
  return places.map((place) => (place === null ? [] : (byKey.get(keyOf(place)) ?? [])));
}

/** Where a room stands. */
export type WatchState = ReadableHead;

/** May these people read those rooms, and where do they stand? Null for whoever may not. */
export function readWatches(
  tx: Tx,
  inputs: readonly { readonly userId: string; readonly watch: Watch }[],
): Promise<(WatchState | null)[]> {
  return headsForReading(
    tx,
    inputs.map(({ userId, watch }) => ({ userId, roomId: watch.roomId })),
  );
}
