import { limits } from '@confab/protocol/limits';
import type { Calls } from './calls.ts';
import type { Pages } from './pages.ts';
import type { Clock, Timer } from './platform/index.ts';
import { Refused } from './refused.ts';
import { meetUsers } from './state/people.ts';
import type { State } from './state/state.ts';

/** What one screen asks for comes together in this time. */
const collectMs = 20;
/** In a busy room of strangers one after the other speaks: more and more are asked for together, up to this time. */
const collectLongestMs = 500;
const againMs = 5_000;

export interface Wanted {
  /** Fetches what is wanted by now, soon. */
  look(): void;
  linkUp(): void;
}

/** Fetches people and quoted messages that events spoke of and nobody has brought yet. */
export function createWanted(deps: {
  state: State;
  clock: Clock;
  call: Calls['call'];
  pages: Pages;
  isLive: () => boolean;
  settle: () => void;
}): Wanted {
  const { state } = deps;
  const { users, quotes } = state.wanted;
  /** Asked for, and the server does not know them, or not for us. */
  const unknown = new Set<string>();
  let timer: Timer | null = null;
  let busy = false;
  let askedAt = -Infinity;
  let waitMs = collectMs;

  function look(): void {
    if (timer || busy || !deps.isLive() || (users.size === 0 && quotes.size === 0)) return;
    const isBusy = deps.clock.now() - askedAt < 2 * collectLongestMs;
    waitMs = isBusy ? Math.min(2 * waitMs, collectLongestMs) : collectMs;
    timer = deps.clock.after(waitMs, () => {
      timer = null;
      askedAt = deps.clock.now();
      busy = true;
      void fetch().finally(() => {
        busy = false;
        deps.settle();
      });
    });
  }

  async function fetch(): Promise<void> {
    const ids = [...users].filter((id) => !unknown.has(id)).slice(0, limits.pageMax);
    if (ids.length === 0) users.clear();
    for (const id of ids) users.delete(id);
    const asked = [...quotes];
    quotes.clear();
    await Promise.all([fetchUsers(ids), ...asked.map(fetchQuote)]);
  }

  async function fetchUsers(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const countAsked = state.userChangeCount;
    await unlessRefused(
      async () => {
        const answer = await deps.call('user.list', {
          ids: [...ids],
          deactivated: true,
          limit: limits.pageMax,
        });
        meetUsers(state, answer.users, countAsked);
        for (const id of ids) if (!state.users.has(id)) unknown.add(id);
      },
      () => {
        for (const id of ids) users.add(id);
      },
    );
  }

  async function fetchQuote([messageId, roomId]: [string, string]): Promise<void> {
    await unlessRefused(
      () => deps.pages.quote(roomId, messageId),
      () => quotes.set(messageId, roomId),
    );
  }

  /** A refusal for good means that there is nothing to show; otherwise it is wanted again after a while. */
  async function unlessRefused(work: () => Promise<void>, wantAgain: () => void): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!error.retryable) return;
      deps.clock.after(againMs, () => {
        wantAgain();
        look();
      });
    }
  }

  return {
    look,
    linkUp() {
      unknown.clear();
      look();
    },
  };
}
