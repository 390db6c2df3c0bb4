/**
 * Of all tabs of this browser one leads, and shows what any of them would:
 *
 *   event → occasion → a moment later: not quiet, not in view, not read → shown → read or taken back → closed
 */
import { effect } from '@preact/signals';
import type { Reminder } from '@confab/protocol';
import type { KnownEvent } from '@confab/client';
import { placeOf } from '@confab/client/state/state';
import type { App } from '../app/app-context.ts';
import {
  after,
  chime,
  createShownPlaces,
  createTabLeadership,
  now,
  type Cancel,
  type DesktopNotice,
} from '../platform/index.ts';
import { readChoices } from './device-choices.ts';
import { noticeText } from './notice-text.ts';
import {
  isHeldBack,
  isRead,
  occasionOf,
  occasionOfMessage,
  occasionOfTag,
  placesOf,
  tagOf,
  type Occasion,
} from './occasion.ts';
import { renewPush } from './push-here.ts';
import { followUnheardRooms } from './unheard-rooms.ts';

/** Until then another device may have read it, or the room may have told it, too. */
const settleMs = 700;
const sweepMs = 300;
const rememberedMax = 500;

/** Until the result is called. */
export function followNotices(app: App, window: Window & typeof globalThis): Cancel {
  const stops = [sayWhatIsInView(app, window), openWhatIsPressed(app)];
  const lead = (): void => void stops.push(leadNotices(app, window));
  const leadership = createTabLeadership(window, 'notices');
  if (leadership) stops.push(leadership.lead(lead));
  else lead();
  return () => {
    for (const stop of stops) stop();
  };
}

function openWhatIsPressed({ desktop, router }: App): Cancel {
  desktop.onOpen((path) => router.go(path));
  return () => desktop.onOpen(() => undefined);
}

/** A tab that somebody looks at tells the others which room and thread it shows. */
function sayWhatIsInView({ router }: App, window: Window): Cancel {
  const { document } = window;
  const places = createShownPlaces(window);
  const listening = new AbortController();
  const say = (): void => {
    const { route, pane } = router.place.peek();
    const isSeen = document.visibilityState === 'visible' && document.hasFocus();
    if (!isSeen || route.name !== 'room') return places.say([]);
    const thread = pane?.kind === 'thread' ? [placeOf(route.roomId, pane.threadId)] : [];
    return places.say([placeOf(route.roomId), ...thread]);
  };
  for (const kind of ['focus', 'blur']) window.addEventListener(kind, say, { signal: listening.signal });
  document.addEventListener('visibilitychange', say, { signal: listening.signal });
  const stop = effect(() => {
    if (router.place.value) say();
  });
  return () => {
    listening.abort();
    stop();
    places.say([]);
  };
}

function leadNotices(app: App, window: Window & typeof globalThis): Cancel {
  const { client, desktop, memory, words } = app;
  const { state } = client;
  const places = createShownPlaces(window);
  const met = new Set<string>();
  /** By tag: what is shown, newest last. */
  const shown = new Map<string, Occasion[]>();
  const waiting = new Set<Cancel>();

  function later(delayMs: number, run: () => void): void {
    const cancel = after(delayMs, () => {
      waiting.delete(cancel);
      run();
    });
    waiting.add(cancel);
  }

  /** The same message may be told by the person's stream, by its room, and be read from a room's history. */
  function meet(occasion: Occasion | null): void {
    if (occasion === null || met.has(occasion.messageId)) return;
    met.add(occasion.messageId);
    if (isHeldBack(state, occasion, now())) return;
    if (met.size > rememberedMax) met.delete(met.values().next().value ?? '');
    later(settleMs, () => void tell(occasion));
  }

  async function tell(occasion: Occasion): Promise<void> {
    const { on, hidden } = readChoices(memory);
    if (!on || isRead(state, occasion)) return;
    const inView = await places.all();
    if (placesOf(occasion).some((place) => inView.has(place))) return;
    const tag = tagOf(occasion);
    const before = shown.get(tag) ?? [];
    shown.set(tag, [...before, occasion]);
    await show(noticeText(state, words.value, occasion, { hidden, more: before.length }));
  }

  async function show(notice: DesktopNotice): Promise<void> {
    if ((await desktop.show(notice)) && readChoices(memory).sound) chime(window);
  }

  function remind(reminder: Reminder): void {
    const { on, hidden } = readChoices(memory);
    const at = now();
    if (!on || isHeldBack(state, { at: reminder.dueAt ?? at }, at)) return;
    const { reminder: title } = words.value.notices;
    const body = hidden ? '' : reminder.note;
    void show({ tag: `reminder-${reminder.id}`, title, body, path: '/saved', at });
  }

  function drop(isGone: (occasion: Occasion) => boolean): void {
    for (const [tag, occasions] of shown) {
      const left = occasions.filter((occasion) => !isGone(occasion));
      if (left.length === occasions.length) continue;
      if (left.length > 0) shown.set(tag, left);
      else {
        shown.delete(tag);
        void desktop.close(tag);
      }
    }
  }

  function hear(event: KnownEvent): void {
    if (event.name === 'notice.removed' || event.name === 'message.deleted') {
      const { messageId } = event.data;
      drop((occasion) => occasion.messageId === messageId);
    } else if (event.name === 'reminder.due') remind(event.data.reminder);
    else meet(occasionOf(state, event));
  }

  let sweeping = false;
  const sweep = (): void => {
    if (sweeping) return;
    sweeping = true;
    later(sweepMs, () => {
      sweeping = false;
      void lookThrough();
    });
  };

  /** Others showed some: a tab that led before, or the service worker what was pushed. */
  async function lookThrough(): Promise<void> {
    for (const tag of await desktop.shown()) {
      const occasion = occasionOfTag(state, tag);
      if (occasion && !shown.has(tag)) shown.set(tag, [occasion]);
    }
    drop((occasion) => isRead(state, occasion));
  }

  sweep();
  void renewPush(app);
  const stops = [
    client.onEvent(hear),
    client.subscribe('rooms', sweep),
    client.subscribe('threads', sweep),
    followUnheardRooms({ client, after, onMessage: (message) => meet(occasionOfMessage(state, message)) }),
  ];
  return () => {
    for (const stop of [...stops, ...waiting]) stop();
    for (const tag of shown.keys()) void desktop.close(tag);
  };
}
