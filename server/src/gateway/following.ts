/**
 * What one connection follows: the workspace's and its person's own stream, badges of its rooms, and the rooms it
 * watches whole. A follow is read in one snapshot: events up to the heads, then badges, then live events from there.
 */
import {
  limits,
  type Badge,
  type Follow,
  type MyRoom,
  type Role,
  type ServerFrame,
  type User,
  type Watch,
} from '@confab/protocol';
import { Frame, roomStream, streamName, userStream, workspaceStream } from '../delivery/index.ts';
import type { StreamEvent, StreamRef, Subscription } from '../delivery/index.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Connection } from './connection.ts';
import type { ConnectionDeps } from './connection-deps.ts';

export interface Following {
  follow(follow: Follow): void;
  watch(watch: Watch): void;
  unwatch(roomId: string): void;
  watches(roomId: string): boolean;
  isMember(roomId: string): boolean;
  /** Badges were dropped since the queue is full: all are sent anew when it has emptied. */
  badgesMissed(): void;
  close(): void;
}

export interface FollowingHooks {
  readonly userId: string;
  sendFrame(frame: ServerFrame): void;
  endedSessions(ended: { sessionIds: string[]; tokenIds: string[] }): void;
  roleChanged(role: Role): void;
}

export function createFollowing(
  deps: ConnectionDeps,
  connection: Connection,
  hooks: FollowingHooks,
): Following {
  const { feeds, badges, clock, epoch } = deps;
  const { userId } = hooks;
  const memberRooms = new Set<string>();
  const watched = new Map<string, Subscription>();
  let own: Subscription[] = [];
  let run = 0;
  let closed = false;
  const isGone = (): boolean => closed;
  let refreshing = false;
  /** Where the client stands with its own streams; null before it follows. */
  let positions: { workspace: number; user: number } | null = null;

  /**
   * From now on this connection hears of the room. What the node has seen beyond `head`, which the client was told or
   * is about to be told, no badge will speak of any more.
   * @returns a badge that does; null when only the database knows, empty when there is nothing.
   */
  function listen(roomId: string, head: number): Badge[] | null {
    const feed = feeds.open(roomStream(roomId));
    feed.settle(head);
    if (memberRooms.has(roomId)) return [];
    memberRooms.add(roomId);
    badges.listen(roomId, connection);
    const missed = watched.has(roomId) ? [] : feed.eventsAfter(head);
    if (missed === null) return null;
    return missed.length === 0 ? [] : [badges.sum(roomId, missed, userId)];
  }

  function tellMissed(missed: readonly (Badge[] | null)[]): void {
    if (closed) return;
    const rooms = missed.flatMap((one) => one ?? []);
    if (rooms.length > 0) connection.sendBadges(rooms);
    if (missed.includes(null)) following.badgesMissed();
  }

  function unlisten(roomId: string): void {
    memberRooms.delete(roomId);
    badges.unlisten(roomId, connection);
  }

  /** Own events change what this connection may see; they are looked at in the order in which they are sent. */
  function seeOwnEvents(events: readonly StreamEvent[]): void {
    for (const event of events) {
      if (positions) positions.user = event.seq;
      if (event.name === 'room.added') {
        const { room } = event.data<{ room: MyRoom }>();
        const missed = listen(room.room.id, room.counters.head);
        // After the event, which the client must know first.
        clock.soon(() => tellMissed([missed]));
      } else if (event.name === 'room.removed') unlisten(event.data<{ roomId: string }>().roomId);
      else if (event.name === 'session.ended') hooks.endedSessions(event.data());
    }
  }

  function seeWorkspaceEvents(events: readonly StreamEvent[]): void {
    for (const event of events) {
      if (positions) positions.workspace = event.seq;
      if (event.name !== 'user.changed') continue;
      const { user } = event.data<{ user: User }>();
      if (user.id === userId) hooks.roleChanged(user.role);
    }
  }

  async function runFollow(follow: Follow, thisRun: number): Promise<void> {
    for (const subscription of own) feeds.leave(subscription);
    own = [];
    const workspaceFeed = feeds.open(workspaceStream);
    const userFeed = feeds.open(userStream(userId));
    const state = await deps.admission.follow({ userId, follow, isGone });
    if (state === null) return;
    if (closed || thisRun !== run) return;

    sendMissed(workspaceStream, state.workspaceEvents, {
      head: state.heads.workspace,
      resync: state.resync.workspace,
    });
    const current = new Set(state.rooms.map((room) => room.roomId));
    for (const roomId of memberRooms) if (!current.has(roomId)) unlisten(roomId);
    const missed = state.rooms.map((room) => listen(room.roomId, room.head));
    sendMissed(userStream(userId), state.userEvents, { head: state.heads.user, resync: state.resync.user });
    sendAllBadges(state.badges, state.heads.user);

    positions = { ...state.heads };
    workspaceFeed.settle(state.heads.workspace);
    userFeed.settle(state.heads.user);
    const workspace = subscription(workspaceStream, state.heads.workspace, { onEvents: seeWorkspaceEvents });
    const user = subscription(userStream(userId), state.heads.user, { onEvents: seeOwnEvents });
    own = [workspace, user];
    workspaceFeed.join(workspace);
    userFeed.join(user);
    tellMissed(missed);
  }

  function sendMissed(
    stream: StreamRef,
    events: readonly StreamEvent[],
    at: { head: number; resync: boolean },
  ): void {
    if (at.resync) hooks.sendFrame({ t: 'resync', stream: streamName(stream), epoch, head: at.head });
    else if (events.length > 0) connection.send(new Frame(...events.map((event) => event.frameText(epoch))));
  }

  function sendAllBadges(rooms: Badge[], user: number): void {
    hooks.sendFrame({ t: 'badges', full: true, at: clock.now(), user, rooms });
  }

  function subscription(
    stream: StreamRef,
    position: number,
    rest: Partial<Pick<Subscription, 'onEvents' | 'onLive' | 'onEnd'>> & { authorisedAt?: number },
  ): Subscription {
    return {
      subscriber: connection,
      stream,
      position,
      authorisedAt: rest.authorisedAt ?? position,
      active: true,
      onEnd: (_reason, head) => hooks.sendFrame({ t: 'resync', stream: streamName(stream), epoch, head }),
      ...rest,
    };
  }

  async function runWatch(watch: Watch, placeholder: Subscription): Promise<void> {
    const { roomId } = watch;
    const { stream } = placeholder;
    const feed = feeds.open(stream);
    const state = await deps.admission.watch({ userId, watch, isGone });
    if (state === null) return;
    if (closed || watched.get(roomId) !== placeholder) return;
    feed.settle(state.head);
    if (watch.epoch !== epoch || watch.after > state.head) return endWatch(roomId, { resyncAt: state.head });
    const real = subscription(stream, watch.after, {
      authorisedAt: state.head,
      onLive: (head) => hooks.sendFrame({ t: 'watching', roomId, head }),
      onEnd: (reason, head) =>
        endWatch(roomId, reason === 'resync' ? { resyncAt: head } : { code: 'not_found' }),
    });
    watched.set(roomId, real);
    deps.watchers.add(roomId, connection);
    feed.join(real);
  }

  function endWatch(
    roomId: string,
    why: { resyncAt: number } | { code: 'not_found' | 'limit_reached' },
  ): void {
    forget(roomId);
    if ('code' in why) hooks.sendFrame({ t: 'unwatched', roomId, code: why.code });
    else hooks.sendFrame({ t: 'resync', stream: `room:${roomId}`, epoch, head: why.resyncAt });
  }

  function forget(roomId: string): void {
    const subscription = watched.get(roomId);
    if (!subscription) return;
    watched.delete(roomId);
    feeds.leave(subscription);
    deps.watchers.remove(roomId, connection);
  }

  function failed(error: unknown, retry: () => void): void {
    deps.log.warn('following failed', { connection: connection.id, error });
    if (!closed) clock.after(1_000, retry);
  }

  const following: Following = {
    follow(follow) {
      run += 1;
      const thisRun = run;
      runFollow(follow, thisRun).catch((error: unknown) =>
        failed(error, () => {
          if (thisRun === run) following.follow(follow);
        }),
      );
    },
    watch(watch) {
      const { roomId } = watch;
      forget(roomId);
      if (watched.size >= limits.watchedRoomsMax) return endWatch(roomId, { code: 'limit_reached' });
      // It holds the place until the right to read is known; a feed has never heard of it.
      const placeholder: Subscription = {
        ...subscription(roomStream(roomId), watch.after, {}),
        active: false,
      };
      watched.set(roomId, placeholder);
      runWatch(watch, placeholder).catch((error: unknown) => {
        if (watched.get(roomId) !== placeholder) return undefined;
        if (error instanceof Refusal) return endWatch(roomId, { code: 'not_found' });
        return failed(error, () => {
          if (watched.get(roomId) === placeholder) following.watch(watch);
        });
      });
    },
    unwatch: forget,
    watches: (roomId) => watched.has(roomId),
    isMember: (roomId) => memberRooms.has(roomId),
    badgesMissed() {
      if (refreshing || !positions) return;
      refreshing = true;
      void connection.drained().then(() => {
        refreshing = false;
        if (!closed && positions) following.follow({ epoch, since: 0, ...positions });
      });
    },
    close() {
      closed = true;
      for (const entry of own) feeds.leave(entry);
      for (const roomId of [...watched.keys()]) forget(roomId);
      for (const roomId of [...memberRooms]) unlisten(roomId);
    },
  };
  return following;
}
