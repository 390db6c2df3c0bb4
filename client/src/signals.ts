import type { ClientFrame, Input, ServerFrame } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import type { Calls } from './calls.ts';
import type { Clock, Timer } from './platform/index.ts';
import { Refused } from './refused.ts';
import { expireTyping, setPresences, startTyping } from './state/people.ts';
import { placeOf, type State } from './state/state.ts';

/** Said again this often while somebody writes, so that it is still shown when one signal is lost. */
const typingPeriodMs = limits.typingShownMs / 2;

type SignalFrame = Extract<ServerFrame, { t: 'signal' }>;

export interface Signals {
  receive(signal: SignalFrame): void;
  linkUp(): void;
  /** Whose presence is shown now; replaces what was said before. */
  followPresence(userIds: readonly string[]): void;
  /** In use, or left alone. */
  setPresence(state: Input<'presence.set'>['state']): void;
  /** Says so to the others, at most every few seconds however often it is called. */
  setTyping(roomId: string, threadId?: string | null): void;
  stop(): void;
}

/** Typing and presence: the latest wins, nothing is kept, nothing is said again when it was lost. */
export function createSignals(deps: {
  state: State;
  clock: Clock;
  call: Calls['call'];
  send: (frame: ClientFrame) => void;
  isLive: () => boolean;
  settle: () => void;
}): Signals {
  const { state, clock } = deps;
  let followed: readonly string[] = [];
  let own: Input<'presence.set'>['state'] = 'online';
  let expiry: Timer | null = null;
  const saidAt = new Map<string, number>();

  function expire(): void {
    expiry?.cancel();
    const next = expireTyping(state, clock.now());
    expiry = next === null ? null : clock.after(next - clock.now(), expireAndTell);
  }

  function expireAndTell(): void {
    expire();
    deps.settle();
  }

  function say(saying: Promise<unknown>): void {
    saying.catch((error: unknown) => {
      if (!(error instanceof Refused)) throw error;
    });
  }

  return {
    receive(signal) {
      if (signal.name === 'typing') {
        startTyping(state, signal.data, clock.now());
        expire();
      } else if (signal.name === 'presence') {
        setPresences(state, signal.data.presences);
      }
    },
    linkUp() {
      for (const userId of state.presence.keys()) state.touch(`presence:${userId}`);
      state.presence.clear();
      saidAt.clear();
      if (followed.length > 0) deps.send({ t: 'presence', userIds: [...followed] });
      if (own === 'away') say(deps.call('presence.set', { state: own }));
    },
    followPresence(userIds) {
      followed = userIds.slice(0, limits.presenceWatchMax);
      deps.send({ t: 'presence', userIds: [...followed] });
    },
    setPresence(next) {
      if (next === own) return;
      own = next;
      if (deps.isLive()) say(deps.call('presence.set', { state: own }));
    },
    setTyping(roomId, threadId = null) {
      const place = placeOf(roomId, threadId);
      const now = clock.now();
      if (!deps.isLive() || now - (saidAt.get(place) ?? -Infinity) < typingPeriodMs) return;
      if (saidAt.size > 100) saidAt.clear();
      saidAt.set(place, now);
      say(deps.call('typing.set', { roomId, threadId }));
    },
    stop() {
      expiry?.cancel();
      expiry = null;
    },
  };
}
