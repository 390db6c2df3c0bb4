import type { Follow, FollowedThread, ServerFrame } from '@confab/protocol';
import type { Calls } from './calls.ts';
import { createReader } from './catch-up.ts';
import type { Clock, Timer } from './platform/index.ts';
import { Refused } from './refused.ts';
import { applyBadge } from './state/rooms.ts';
import { applySnapshot } from './state/snapshot.ts';
import type { AnyEvent } from './state/reducers.ts';
import type { State } from './state/state.ts';
import { meetThread } from './state/threads.ts';

/** A snapshot that could not be had is asked for again after this, while the connection lives. */
const snapshotAgainMs = 2_000;
/** What is uncounted now will be followed by more: asked for together. */
const refreshAfterMs = 250;

export interface OwnStreams {
  /** For `hello`; undefined while there is no snapshot to follow from. */
  hello(): Follow | undefined;
  welcomed(epoch: number): void;
  disconnected(): void;
  event(event: AnyEvent): void;
  resync(stream: string): void;
  badges(frame: Extract<ServerFrame, { t: 'badges' }>): void;
  /** Asks for the badges of all rooms that moved, soon. */
  refreshBadges(): void;
  /**
   * What a page says of following a thread counts once the person's own stream stands where the page was read: what was
   * before it would otherwise be applied to a thread that contains it. False: the stream is ahead of the page.
   */
  met(following: FollowedThread, at: number): boolean;
}

/** Keeps the workspace's and the person's own stream up to date: by snapshot when there is no other way, by events. */
export function createOwnStreams(deps: {
  state: State;
  clock: Clock;
  call: Calls['call'];
  follow: (follow: Follow) => void;
  apply: (event: AnyEvent) => void;
  /** A snapshot was taken: positions jumped. */
  onSnapshot: () => void;
  onProblem: (error: unknown) => void;
}): OwnStreams {
  const { state, clock } = deps;
  let taking = false;
  let again: Timer | null = null;
  let refresh: Timer | null = null;
  let live = false;
  /** By thread: met on a page that is ahead of the own stream, of whom, where that is known. */
  const ahead = new Map<string, { following: FollowedThread; at: number; userId: string | undefined }>();

  function follow(): void {
    const from = hello();
    if (from) deps.follow(from);
  }

  function hello(): Follow | undefined {
    return state.positions ? { epoch: state.epoch, ...state.positions, since: state.since } : undefined;
  }

  function readerOf(kind: 'workspace' | 'user') {
    return createReader({
      clock,
      position: () => (state.positions ? { epoch: state.epoch, seq: state.positions[kind] } : null),
      apply(event) {
        deps.apply(event);
        if (state.positions) state.positions = { ...state.positions, [kind]: event.seq };
        if (kind === 'user') meetAhead();
      },
      ask: follow,
      onLost: restart,
    });
  }
  function meetAhead(): void {
    const now = state.positions?.user ?? -1;
    for (const [threadId, { following, at, userId }] of ahead) {
      if (at > now) continue;
      ahead.delete(threadId);
      const isTheirs = userId === undefined || userId === state.me?.userId;
      if (at === now && isTheirs) meetThread(state, following);
    }
  }

  const readers = { workspace: readerOf('workspace'), user: readerOf('user') };

  function restart(): void {
    state.positions = null;
    for (const reader of Object.values(readers)) reader.pause();
    void takeSnapshot();
  }

  async function takeSnapshot(): Promise<void> {
    if (taking || !live || state.positions) return;
    taking = true;
    again?.cancel();
    const askedAt = state.userChangeCount;
    try {
      const snapshot = await deps.call('sync.snapshot', {});
      applySnapshot(state, snapshot, askedAt);
      meetAhead();
      for (const reader of Object.values(readers)) reader.resume();
      follow();
      deps.onSnapshot();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (!error.retryable) deps.onProblem(error);
      again = clock.after(snapshotAgainMs, () => void takeSnapshot());
    } finally {
      taking = false;
    }
  }

  function refreshBadges(): void {
    refresh ??= clock.after(refreshAfterMs, () => {
      refresh = null;
      follow();
    });
  }

  return {
    hello,
    welcomed(epoch) {
      live = true;
      if (state.positions && state.epoch !== epoch) restart();
      else if (!state.positions) void takeSnapshot();
    },
    disconnected() {
      live = false;
      again?.cancel();
      refresh?.cancel();
      refresh = null;
      for (const reader of Object.values(readers)) reader.pause();
    },
    event(event) {
      readers[event.stream === 'workspace' ? 'workspace' : 'user'].receive(event);
    },
    resync(stream) {
      readers[stream === 'workspace' ? 'workspace' : 'user'].lose();
    },
    badges({ full, at, user, rooms }) {
      // Own events may have moved what was read since.
      if (state.positions && user !== undefined && user < state.positions.user) return refreshBadges();
      for (const badge of rooms) applyBadge(state, badge, { full });
      if (state.positions) state.since = Math.max(state.since, at);
    },
    refreshBadges,
    met(following, at) {
      if (state.positions && at < state.positions.user) return false;
      ahead.set(following.threadId, { following, at, userId: state.me?.userId });
      meetAhead();
      return true;
    },
  };
}
