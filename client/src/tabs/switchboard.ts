/**
 * One connection for all tabs of a browser. Each tab's client speaks the whole protocol, as if to a server; the
 * switchboard says it once to the server, and what the server says to every tab:
 *
 *   hello            the first opens the connection; the others get its welcome, then what they follow and watch
 *   call             under a number of its own; only the tab that asked gets the answer
 *   follow, watch    from the lowest position any tab may still be at: the others pass over what they have
 *   unwatch          when no other tab watches the room
 *   presence         of everyone any tab shows; away only when all are
 *   everything else  as it is
 *
 * A tab hears events of rooms which only others watch: the server sends no badges for those.
 */
import type { ClientFrame, Watch } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import type { Clock, Sockets } from '../platform/index.ts';
import type { FromTab, Line, ToTab } from './line.ts';
import { createUpstream, type Upstream } from './upstream.ts';

export interface Switchboard {
  /** A tab has come. @returns call it when the tab is gone, however it went. */
  attach(line: Line<ToTab, FromTab>): () => void;
}

interface Tab {
  say(told: { t: 'opened' | 'closed' } | { t: 'message'; text: string }): void;
  /** Its socket: null while it has none. */
  n: number | null;
  greeted: boolean;
  /** Said before the welcome. */
  early: ClientFrame[];
  watched: Set<string>;
  shown: readonly string[];
  isAway: boolean;
}

type Call = Extract<ClientFrame, { t: 'call' }>;

export function createSwitchboard(deps: { clock: Clock; sockets: Sockets }): Switchboard {
  const tabs = new Set<Tab>();
  let upstream: Upstream | null = null;

  function open(tab: Tab, url: string): void {
    upstream ??= connect(url);
    if (upstream.isOpen) tab.say({ t: 'opened' });
  }

  function connect(url: string): Upstream {
    const own: Upstream = createUpstream({
      ...deps,
      url,
      onOpen: () => tellOpen((tab) => tab.say({ t: 'opened' })),
      onWelcome: () => tellOpen(greet),
      onText: (text, kind) =>
        tellOpen((tab) => {
          if (tab.greeted || kind === 'goodbye') tab.say({ t: 'message', text });
        }),
      onUnwatched: (roomId) => tellOpen((tab) => tab.watched.delete(roomId)),
      onClosed() {
        if (upstream === own) upstream = null;
        tellOpen((tab) => {
          tab.say({ t: 'closed' });
          reset(tab);
        });
      },
    });
    return own;
  }

  function tellOpen(tell: (tab: Tab) => void): void {
    for (const tab of tabs) if (tab.n !== null) tell(tab);
  }

  /** Its client is let in, and then heard. */
  function greet(tab: Tab): void {
    const welcome = upstream?.welcome;
    if (!welcome || tab.greeted || tab.early.length === 0) return;
    tab.greeted = true;
    tab.say({ t: 'message', text: JSON.stringify(welcome) });
    for (const frame of tab.early.splice(0)) obey(tab, frame);
  }

  function receive(tab: Tab, frame: ClientFrame): void {
    if (tab.greeted) return obey(tab, frame);
    tab.early.push(frame);
    if (frame.t === 'hello') upstream?.hello(frame);
    return greet(tab);
  }

  function obey(tab: Tab, frame: ClientFrame): void {
    if (!upstream) return;
    switch (frame.t) {
      case 'hello':
        if (upstream.isGreetedWith(frame))
          for (const { roomId } of frame.watch ?? []) tab.watched.add(roomId);
        else {
          if (frame.follow) upstream.follow(frame.follow);
          for (const watch of frame.watch ?? []) watchFor(tab, watch);
        }
        return;
      case 'follow':
        return upstream.follow(frame.follow);
      case 'watch':
        return watchFor(tab, frame.watch);
      case 'unwatch':
        return unwatchFor(tab, frame.roomId);
      case 'presence':
        tab.shown = frame.userIds;
        return showPresence();
      case 'call':
        return upstream.call(presenceOfAll(tab, frame), (text) => tab.say({ t: 'message', text }));
      case 'ping':
        return upstream.send(frame);
    }
  }

  function watchFor(tab: Tab, watch: Watch): void {
    tab.watched.add(watch.roomId);
    upstream?.watch(watch);
  }

  function unwatchFor(tab: Tab, roomId: string): void {
    if (!tab.watched.delete(roomId)) return;
    for (const other of tabs) if (other.watched.has(roomId)) return;
    upstream?.unwatch(roomId);
  }

  function showPresence(): void {
    const userIds = [...new Set([...tabs].flatMap(({ shown }) => shown))].slice(0, limits.presenceWatchMax);
    upstream?.send({ t: 'presence', userIds });
  }

  /** Who is at one tab is here. */
  function presenceOfAll(tab: Tab, call: Call): Call {
    if (call.name !== 'presence.set') return call;
    tab.isAway = (call.input as { state?: unknown }).state === 'away';
    const isHere = [...tabs].some((one) => one.greeted && !one.isAway);
    return isHere ? { ...call, input: { state: 'online' } } : call;
  }

  function hangUp(tab: Tab): void {
    for (const roomId of [...tab.watched]) unwatchFor(tab, roomId);
    const { shown } = tab;
    reset(tab);
    if (![...tabs].some(({ n }) => n !== null)) {
      upstream?.close();
      upstream = null;
    } else if (shown.length > 0) {
      showPresence();
    }
  }

  function reset(tab: Tab): void {
    Object.assign(tab, { n: null, greeted: false, early: [], shown: [], isAway: false });
    tab.watched.clear();
  }

  return {
    attach(line) {
      const tab: Tab = {
        say: (told) => tab.n !== null && line.say({ n: tab.n, ...told }),
        n: null,
        greeted: false,
        early: [],
        watched: new Set(),
        shown: [],
        isAway: false,
      };
      tabs.add(tab);
      line.hear((heard) => {
        if (heard.t === 'open') {
          hangUp(tab);
          tab.n = heard.n;
          open(tab, heard.url);
        } else if (heard.n === tab.n) {
          if (heard.t === 'close') hangUp(tab);
          else receive(tab, JSON.parse(heard.text) as ClientFrame);
        }
      });
      return () => {
        tabs.delete(tab);
        hangUp(tab);
      };
    },
  };
}
