/**
 * Badges: how rooms stand that a connection is a member of but does not watch. Latest wins, at most one frame a second.
 * Lost badges do no harm: the feeds see every event in order, and a reconnecting client gets all badges anew.
 */
import {
  limits,
  type Badge,
  type Mentions,
  type Message,
  type Room,
  type RoomEvents,
} from '@confab/protocol';
import type { Clock, Timer } from '../platform/clock/index.ts';
import type { StreamEvent } from './event.ts';

export interface BadgeListener {
  readonly userId: string;
  watches(roomId: string): boolean;
  sendBadges(badges: readonly Badge[]): void;
}

export interface Badges {
  listen(roomId: string, listener: BadgeListener): void;
  unlisten(roomId: string, listener: BadgeListener): void;
  wanted(roomId: string): boolean;
  /** Every event of a room's stream, in order. */
  see(event: StreamEvent): void;
  /** What some events of a room, in order, have changed for somebody who was not listening yet. */
  sum(roomId: string, events: readonly StreamEvent[], userId: string): Badge;
  close(): void;
}

interface Pending {
  badge: Badge;
  /** Authors' own messages move their read ordinal. */
  ownReads: Map<string, number>;
  /** By ordinal, what edited messages mention now; null for deleted ones. */
  rewritten: Map<number, Mentions | null>;
}

function createPending(roomId: string, standing: { ordinal: number; lastAt: number }): Pending {
  return { badge: { roomId, head: 0, ...standing }, ownReads: new Map(), rewritten: new Map() };
}

export function createBadges(deps: { clock: Clock }): Badges {
  const { clock } = deps;
  const listeners = new Map<string, Set<BadgeListener>>();
  /** Last known ordinal and time per room, since not every event carries them. */
  const standing = new Map<string, { ordinal: number; lastAt: number }>();
  let pending = new Map<string, Pending>();
  let timer: Timer | null = null;
  let lastFlushAt = 0;

  function flush(): void {
    timer = null;
    lastFlushAt = clock.now();
    const rooms = pending;
    pending = new Map();
    const perListener = new Map<BadgeListener, Badge[]>();
    for (const [roomId, entry] of rooms) {
      for (const listener of listeners.get(roomId) ?? []) {
        if (listener.watches(roomId)) continue;
        const list = perListener.get(listener) ?? [];
        list.push(badgeFor(listener.userId, entry));
        perListener.set(listener, list);
      }
    }
    for (const [listener, badges] of perListener) listener.sendBadges(badges);
  }

  function schedule(): void {
    if (timer) return;
    // The time of day may jump back: nobody waits for more than a period.
    const rest = lastFlushAt + limits.badgePeriodMs - clock.now();
    const wait = Math.min(Math.max(0, rest), limits.badgePeriodMs);
    timer = clock.after(wait, flush);
  }

  return {
    listen(roomId, listener) {
      const set = listeners.get(roomId) ?? new Set();
      set.add(listener);
      listeners.set(roomId, set);
    },
    unlisten(roomId, listener) {
      const set = listeners.get(roomId);
      set?.delete(listener);
      if (set?.size === 0) {
        listeners.delete(roomId);
        standing.delete(roomId);
        // From now on nothing is seen of the room: what waits would be out of date for whoever listens next.
        pending.delete(roomId);
      }
    },
    wanted: (roomId) => listeners.has(roomId),
    see(event) {
      const roomId = event.stream.id;
      if (!listeners.has(roomId)) return;
      const known = standing.get(roomId) ?? { ordinal: 0, lastAt: 0 };
      standing.set(roomId, known);
      const entry = pending.get(roomId) ?? createPending(roomId, known);
      pending.set(roomId, entry);
      entry.badge.head = event.seq;
      fold(event, entry);
      known.ordinal = Math.max(known.ordinal, entry.badge.ordinal);
      known.lastAt = Math.max(known.lastAt, entry.badge.lastAt);
      schedule();
    },
    sum(roomId, events, userId) {
      const entry = createPending(roomId, { ordinal: 0, lastAt: 0 });
      for (const event of events) {
        entry.badge.head = event.seq;
        fold(event, entry);
      }
      return badgeFor(userId, entry);
    },
    close() {
      timer?.cancel();
      timer = null;
    },
  };
}

function badgeFor(userId: string, { badge, ownReads, rewritten }: Pending): Badge {
  const readOrdinal = ownReads.get(userId);
  const read = readOrdinal === undefined ? badge : { ...badge, readOrdinal };
  if (rewritten.size === 0) return read;
  const mentions = [...(badge.mentions ?? [])];
  const mentionsGone: number[] = [];
  for (const [ordinal, now] of rewritten) (meets(userId, now) ? mentions : mentionsGone).push(ordinal);
  return { ...read, mentions, mentionsGone };
}

function meets(userId: string, mentions: Mentions | null): boolean {
  if (!mentions) return false;
  return mentions.all || mentions.here || Object.values(mentions.users).includes(userId);
}

/** What one event changes in a room's badge. An ordinal of 0 says nothing: the client keeps the greater one. */
function fold(event: StreamEvent, entry: Pending): void {
  const { badge, ownReads, rewritten } = entry;
  if (event.name === 'message.sent') {
    const { message } = event.data<{ message: Message }>();
    if (message.ordinal === null) return;
    badge.ordinal = message.ordinal;
    badge.lastAt = message.at;
    ownReads.set(message.authorId, message.ordinal);
    if (message.mentions.all || message.mentions.here) (badge.mentions ??= []).push(message.ordinal);
  } else if (event.name === 'message.edited') {
    const { ordinal, mentions } = event.data<RoomEvents['message.edited']>();
    if (ordinal !== null) rewritten.set(ordinal, mentions);
  } else if (event.name === 'message.deleted') {
    const { ordinal } = event.data<RoomEvents['message.deleted']>();
    if (ordinal !== null) rewritten.set(ordinal, null);
  } else if (event.name === 'room.changed') {
    badge.room = event.data<{ room: Room }>().room;
    badge.memberCount = badge.room.memberCount;
  } else if (event.name === 'member.joined' || event.name === 'member.left') {
    badge.memberCount = event.data<{ memberCount: number }>().memberCount;
  }
}
