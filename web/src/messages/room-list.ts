/**
 * What one room's timeline shows and where it stands. Owns which stretch of the room is in view and where the New line is;
 * the messages themselves are the client's.
 *
 *   opening   nothing to show yet
 *   open      rows, maybe with more on either side
 *   Refused   it cannot be had
 */
import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import { Refused, type State } from '@confab/client';
import type { App } from '../app/app-context.ts';
import { standingOf } from '../rooms/standing.ts';
import type { VisibleRange } from '../ui/timeline-scroll.ts';
import { newestOrdinal, stretchAt, underwayIn } from './stretch.ts';
import { timelineItems, type TimelineItem } from './timeline-items.ts';

export interface Jump {
  /** Another number for every jump: the list is made anew. */
  readonly id: number;
  readonly start: 'end' | { readonly key: string };
  /** The row to point out. */
  readonly highlight: string | null;
}

export type JumpTarget = { messageId: string } | { ordinal: number } | { at: number };

export interface RoomList {
  readonly phase: ReadonlySignal<'opening' | 'open' | Refused>;
  readonly items: ReadonlySignal<readonly TimelineItem[]>;
  readonly hasBefore: ReadonlySignal<boolean>;
  readonly hasAfter: ReadonlySignal<boolean>;
  /** Where the list was opened last. */
  readonly jump: ReadonlySignal<Jump>;
  /** How many messages there are below what is in view. */
  readonly below: ReadonlySignal<number>;
  readonly atEnd: ReadonlySignal<boolean>;
  /** What is in view now. */
  look(range: VisibleRange): void;
  loadBefore(): void;
  loadAfter(): void;
  /** Rejects with `Refused` when it cannot be had; then everything stays. */
  goTo(target: JumpTarget): Promise<void>;
  /** To the newest message. Answers whether the list shows another stretch from now on; else it only has to scroll. */
  goToEnd(): boolean;
  /** Something came while nobody was looking: the New line goes before it, unless it stands before something unread already. */
  placeNewLine(): void;
  removeNewLine(): void;
  /** The room was made unread from here on: it is not read again by being looked at. */
  holdUnread(ordinal: number): void;
  readonly isHeldUnread: ReadonlySignal<boolean>;
  /** Shows at once what is held, where the reader left off; nothing when that is not held. */
  showHeld(): void;
  /** Opens at a message, or where the reader left off. Rejects with `Refused` when the message cannot be had. */
  open(messageId: string | null): Promise<void>;
  close(): void;
}

export function createRoomList(app: Pick<App, 'client' | 'live' | 'time'>, roomId: string): RoomList {
  const { client, live, time } = app;
  const { state } = client;
  const phase = signal<'opening' | 'open' | Refused>('opening');
  const newFrom = signal<number | null>(null);
  /** An ordinal in the stretch that is shown; null goes with the newest. */
  const anchor = signal<number | null>(null);
  const jump = signal<Jump>({ id: 0, start: 'end', highlight: null });
  const lastSeen = signal<number | null>(null);
  const atEnd = signal(true);
  const isHeldUnread = signal(false);
  let isLoading = false;
  let isWatched = false;
  let isClosed = false;

  const stretch = computed(() => {
    live.follow(`timeline:${roomId}`);
    // What was far away may have been let go of; then what is looked at is still there, or at least the newest.
    return (
      stretchAt(client, roomId, anchor.value) ??
      stretchAt(client, roomId, lastSeen.peek()) ??
      stretchAt(client, roomId, null)
    );
  });
  const newest = computed(() => {
    live.follow(`room:${roomId}`);
    live.follow(`timeline:${roomId}`);
    return newestOrdinal(client, roomId);
  });
  const hasAfter = computed(() => (stretch.value?.last ?? newest.value) < newest.value);

  let last: readonly TimelineItem[] = Object.freeze([]);
  const items = computed(() => {
    const held = state.messages.get(roomId)?.held;
    const messages = (stretch.value?.ids ?? []).flatMap((id) => held?.get(id)?.message ?? []);
    const underway = hasAfter.value ? [] : underwayIn(client, roomId);
    const ownId = state.me?.userId ?? '';
    const day = { newFrom: newFrom.value, dayKey: time.value.dayKey };
    return (last = timelineItems({ messages, underway, ownId, isThread: false, ...day }, last));
  });

  function show(at: number | null, target: Omit<Jump, 'id'>): void {
    batch(() => {
      anchor.value = at;
      jump.value = { ...target, id: jump.value.id + 1 };
      phase.value = 'open';
    });
  }

  function ordinalOf(key: string | null): number | null {
    const found = items.peek().find((item) => item.key === key);
    return found?.kind === 'message' ? found.message.ordinal : null;
  }

  async function goTo(target: JumpTarget): Promise<void> {
    const ordinal = await client.loadAround(roomId, target);
    anchor.value = ordinal;
    const found = items.peek().find((item) => item.kind === 'message' && item.message.ordinal === ordinal);
    const highlight = 'messageId' in target ? (found?.key ?? null) : null;
    show(ordinal, { start: found ? { key: found.key } : 'end', highlight });
  }

  function showFrom(from: number | null): void {
    newFrom.value = from;
    anchor.value = from;
    const first = from === null ? undefined : items.peek().find(({ isFirstUnread }) => isFirstUnread);
    show(from, { start: first ? { key: first.key } : 'end', highlight: null });
  }

  function showHeld(): void {
    const from = firstUnread(state, roomId);
    if (stretchAt(client, roomId, from)) showFrom(from);
  }

  async function openWhereLeft(): Promise<void> {
    const from = firstUnread(state, roomId);
    if (from !== null && !stretchAt(client, roomId, from)) await client.loadAround(roomId, { ordinal: from });
    showFrom(from);
  }

  function close(): void {
    isClosed = true;
    if (isWatched) client.closeRoom(roomId);
    isWatched = false;
  }

  async function load(start: () => Promise<unknown>): Promise<void> {
    if (isLoading) return;
    isLoading = true;
    try {
      await start();
    } catch (error) {
      // Asked for again as soon as the reader scrolls on.
      if (!(error instanceof Refused)) throw error;
    } finally {
      isLoading = false;
    }
  }

  return {
    phase,
    items,
    hasBefore: computed(() => (stretch.value?.first ?? 1) > 1),
    hasAfter,
    jump,
    atEnd,
    below: computed(() => (lastSeen.value === null ? 0 : Math.max(0, newest.value - lastSeen.value))),
    look(range) {
      batch(() => {
        lastSeen.value = ordinalOf(range.last) ?? (range.atEnd ? newest.peek() : lastSeen.peek());
        atEnd.value = range.atEnd;
        if (range.atEnd) anchor.value = null;
        else anchor.value ??= lastSeen.peek();
      });
    },
    loadBefore() {
      const first = stretch.peek()?.first ?? 1;
      if (first > 1) void load(() => client.loadBefore(roomId, first));
    },
    loadAfter() {
      const shown = stretch.peek()?.last;
      if (shown !== undefined) void load(() => client.loadAfter(roomId, shown));
    },
    goTo,
    goToEnd() {
      if (!hasAfter.peek()) return false;
      const at = newest.peek();
      if (stretchAt(client, roomId, at)) show(null, { start: 'end', highlight: null });
      else
        void load(() =>
          client
            .loadAround(roomId, { ordinal: at })
            .then(() => show(null, { start: 'end', highlight: null })),
        );
      return true;
    },
    placeNewLine() {
      const from = firstUnread(state, roomId);
      const present = newFrom.peek();
      if (from !== null && (present === null || present < from)) newFrom.value = from;
    },
    removeNewLine() {
      newFrom.value = null;
      isHeldUnread.value = false;
    },
    isHeldUnread,
    holdUnread(ordinal) {
      newFrom.value = ordinal;
      isHeldUnread.value = true;
    },
    showHeld,
    async open(messageId) {
      if (messageId === null && phase.peek() !== 'open') showHeld();
      try {
        if (!isWatched) await client.openRoom(roomId);
        isWatched = true;
        if (isClosed) close();
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        phase.value = error;
        return;
      }
      try {
        if (messageId !== null) await goTo({ messageId });
      } finally {
        if (phase.peek() !== 'open') await openWhereLeft();
      }
    },
    close,
  };
}

/** The first ordinal that was not read; null when all was, or nothing ever. */
function firstUnread(state: State, roomId: string): number | null {
  const room = state.rooms.get(roomId);
  const standing = room && standingOf(state, room);
  return standing && standing.unread > 0 && standing.readOrdinal > 0 ? standing.readOrdinal + 1 : null;
}
