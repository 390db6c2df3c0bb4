/**
 * Rooms whose events come whole. A watched room is in one of these states:
 *
 *   empty      nothing is held: its page comes from the device, then from the server
 *   following  it has a position; the server sends what comes after, or is asked to after each welcome
 *   stale      events were lost for good, or access was: what is held stays in view until the newest page replaces it
 *
 * Whoever has it open when access is lost may still be allowed to look (a public room), or come back: it is tried again
 * then, when they are put into the room, and on each new connection.
 * Rooms stay watched when they are closed, until others need the place: going back to one costs nothing.
 */
import type { ServerFrame, Watch } from '@confab/protocol';
import { createReader, type Reader } from './catch-up.ts';
import type { Clock } from './platform/index.ts';
import { refusedHere, Refused, unavailable } from './refused.ts';
import type { AnyEvent } from './state/reducers.ts';
import { dropMessages, messagesOf, trimMessages } from './state/room-messages.ts';
import { ownerOf, type State } from './state/state.ts';

const newestAgainMs = 2_000;

export interface WatchedRooms {
  /** For `hello`. */
  hello(): Watch[];
  welcomed(epoch: number): void;
  disconnected(): void;
  event(event: AnyEvent): void;
  resync(roomId: string): void;
  watching(frame: Extract<ServerFrame, { t: 'watching' }>): void;
  unwatched(frame: Extract<ServerFrame, { t: 'unwatched' }>): void;
  /**
   * Watches a room and resolves when there is something to show, rejects with `Refused` when it cannot be had.
   * Without history only what happens from now on is held.
   */
  open(roomId: string, options: { history: boolean }): Promise<void>;
  /** Nobody looks at it any more. */
  close(roomId: string): void;
  /** Watches it, if it is not watched yet, and resolves when a page can be added to what is held. */
  ready(roomId: string): Promise<void>;
  has(roomId: string): boolean;
  /** Its events come, or will. */
  follows(roomId: string): boolean;
  /** The membership is gone, or there. */
  removed(roomId: string): void;
  added(roomId: string): void;
  /** Somebody else signed in. */
  clear(): void;
}

interface Watched {
  readonly roomId: string;
  readonly reader: Reader;
  opened: number;
  isStale: boolean;
  /** The last answer was no: nothing will come until it is tried again. */
  isRefused: boolean;
  bringing: Promise<void> | null;
}

export interface WatchedRoomsDeps {
  readonly state: State;
  readonly clock: Clock;
  /** Watched at once; the least recently opened makes room. */
  readonly max: number;
  /** Between start and stop. */
  readonly isStarted: () => boolean;
  readonly send: (frame: { t: 'watch'; watch: Watch } | { t: 'unwatch'; roomId: string }) => void;
  readonly apply: (event: AnyEvent) => void;
  readonly loadStored: (roomId: string) => Promise<void>;
  /** The newest page from the server; `beforeMerge` is called when it is there. Rejects with `Refused`. */
  readonly loadNewest: (roomId: string, beforeMerge: () => void) => Promise<void>;
  /** All that was held had to be let go of: whatever was loaded besides the newest page has to be loaded again. */
  readonly onReplaced: (roomId: string) => void;
  /** An event of a room that is not watched does not follow on what is counted: only new badges tell how it stands. */
  readonly onUncounted: () => void;
  /** About to be let go of: whoever keeps pages keeps it now. */
  readonly onEvict: (roomId: string) => void;
}

export function createWatchedRooms(deps: WatchedRoomsDeps): WatchedRooms {
  const { state, clock } = deps;
  /** Least recently used first. */
  const watched = new Map<string, Watched>();
  /** Rooms of the last `hello`: others came to a position while it was under way, and nobody asked for them yet. */
  let greetedWith: ReadonlySet<string> = new Set();

  function positionOf(roomId: string) {
    const room = watched.get(roomId);
    return room && !room.isStale ? (state.messages.get(roomId)?.position ?? null) : null;
  }

  function watchOf(roomId: string): Watch[] {
    const position = positionOf(roomId);
    return position ? [{ roomId, epoch: position.epoch, after: position.seq }] : [];
  }

  function watch(roomId: string): void {
    for (const from of watchOf(roomId)) deps.send({ t: 'watch', watch: from });
  }

  function add(roomId: string): Watched {
    const present = watched.get(roomId);
    if (present) {
      watched.delete(roomId);
      watched.set(roomId, present);
      return present;
    }
    makePlace();
    const reader = createReader({
      clock,
      position: () => positionOf(roomId),
      apply(event) {
        deps.apply(event);
        const room = state.messages.get(roomId);
        if (room?.position) room.position = { epoch: event.epoch, seq: event.seq };
      },
      ask: () => watch(roomId),
      onLost() {
        room.isStale = true;
        bringAgain(room);
      },
    });
    const room: Watched = { roomId, reader, opened: 0, isStale: false, isRefused: false, bringing: null };
    watched.set(roomId, room);
    return room;
  }

  function makePlace(): void {
    if (watched.size < deps.max) return;
    const idle = [...watched.values()].find(({ opened }) => opened === 0);
    if (!idle) throw refusedHere('limit_reached', { limit: deps.max });
    deps.onEvict(idle.roomId);
    deps.send({ t: 'unwatch', roomId: idle.roomId });
    drop(idle);
  }

  function drop(room: Watched): void {
    room.reader.pause();
    watched.delete(room.roomId);
    state.messages.delete(room.roomId);
  }

  /** Access is gone. While somebody has it open it is not let go of: it may be there again in a moment. */
  function release(room: Watched): void {
    if (room.opened === 0) {
      drop(room);
      return;
    }
    room.reader.pause();
    room.isStale = true;
    clock.after(newestAgainMs, () => bringAgain(room));
  }

  /** Leads from empty or stale to following; shared by all who wait for it. */
  function bring(room: Watched): Promise<void> {
    if (positionOf(room.roomId)) return Promise.resolve();
    room.bringing ??= bringNow(room).finally(() => {
      room.bringing = null;
    });
    return room.bringing;
  }

  async function bringNow(room: Watched): Promise<void> {
    const { roomId } = room;
    if (!room.isStale) await deps.loadStored(roomId);
    const wasStale = room.isStale;
    while (!positionOf(roomId)) await loadNewest(room);
    room.reader.resume();
    watch(roomId);
    if (wasStale) deps.onReplaced(roomId);
  }

  /** @returns false when there was no page, and it makes sense to try again. */
  async function loadNewest(room: Watched): Promise<boolean> {
    const { roomId } = room;
    let wasStale = false;
    try {
      await deps.loadNewest(roomId, () => {
        wasStale = room.isStale;
        if (wasStale) dropMessages(state, roomId);
        room.isStale = false;
        room.isRefused = false;
      });
      // Asked for before it was ended: it has a position now, and nobody else sees to what comes after.
      if (wasStale && !room.bringing) watch(roomId);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const isWatched = watched.get(roomId) === room;
      if (!error.retryable && isWatched) {
        room.isRefused = true;
        dropMessages(state, roomId);
        if (room.opened === 0) drop(room);
      }
      if (!error.retryable || !isWatched || room.opened === 0 || !deps.isStarted()) throw error;
      await new Promise<void>((resolve) => clock.after(newestAgainMs, resolve));
    }
    if (watched.get(roomId) !== room) throw unavailable('not_sent');
    return false;
  }

  /** It may be followed without a page, or have been trimmed so that nothing is left. */
  async function ensureShown(room: Watched): Promise<void> {
    const isEmpty = () => (state.messages.get(room.roomId)?.timeline.length ?? 0) === 0;
    while (isEmpty()) if (await loadNewest(room)) return;
  }

  function bringAgain(room: Watched): void {
    if (watched.get(room.roomId) !== room || !deps.isStarted()) return;
    // Whoever opened it hears of a refusal; here it only means that there is nothing to follow.
    bring(room).catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    });
  }

  function countOnly(event: AnyEvent, upTo: number): void {
    if (event.seq === upTo + 1) deps.apply(event);
    else if (event.seq > upTo) deps.onUncounted();
  }

  return {
    hello() {
      const watches = [...watched.keys()].flatMap(watchOf);
      greetedWith = new Set(watches.map(({ roomId }) => roomId));
      return watches;
    },
    welcomed(epoch) {
      for (const room of watched.values()) {
        const position = positionOf(room.roomId);
        if (!position) bringAgain(room);
        else if (position.epoch !== epoch) room.reader.lose();
        else if (!greetedWith.has(room.roomId)) watch(room.roomId);
      }
    },
    disconnected() {
      for (const { reader } of watched.values()) reader.pause();
    },
    event(event) {
      const roomId = ownerOf(event.stream);
      const room = watched.get(roomId);
      if (room) room.reader.receive(event);
      // Watched a moment ago, or by another tab on the same connection: badges will not count it.
      else if (state.rooms.has(roomId)) countOnly(event, state.counted.get(roomId)?.upTo ?? 0);
    },
    resync: (roomId) => watched.get(roomId)?.reader.lose(),
    watching: ({ roomId, head }) => watched.get(roomId)?.reader.hearOfHead(head),
    unwatched({ roomId, code }) {
      const room = watched.get(roomId);
      if (!room) return;
      if (code === 'limit_reached') drop(room);
      else release(room);
    },
    async open(roomId, { history }) {
      const room = add(roomId);
      room.opened += 1;
      const head = state.rooms.get(roomId)?.counters.head;
      if (!history && head !== undefined && !room.isStale && !positionOf(roomId)) {
        const seq = state.counted.get(roomId)?.upTo ?? head;
        Object.assign(messagesOf(state, roomId), { position: { epoch: state.epoch, seq }, recentAfter: seq });
        watch(roomId);
      }
      try {
        await bring(room);
        if (history) await ensureShown(room);
      } catch (error) {
        room.opened -= 1;
        if (room.opened === 0 && !positionOf(roomId) && watched.get(roomId) === room) drop(room);
        throw error;
      }
    },
    close(roomId) {
      const room = watched.get(roomId);
      if (!room || room.opened === 0) return;
      room.opened -= 1;
      if (room.opened === 0) trimMessages(state, roomId);
    },
    ready: async (roomId) => bring(add(roomId)),
    has: (roomId) => watched.has(roomId),
    follows: (roomId) => watched.get(roomId)?.isRefused === false,
    removed(roomId) {
      const room = watched.get(roomId);
      if (room) release(room);
    },
    added(roomId) {
      const room = watched.get(roomId);
      if (!room) return;
      // Whoever looked before may have read events that came after, of a room that was not counted yet.
      if ((positionOf(roomId)?.seq ?? 0) > (state.counted.get(roomId)?.upTo ?? 0)) deps.onUncounted();
      bringAgain(room);
    },
    clear() {
      for (const room of watched.values()) drop(room);
    },
  };
}
