import { limits } from '@confab/protocol';
import type { Feeds, StreamRef, Subscription } from '../delivery/index.ts';
import type { Clock } from '../platform/clock/index.ts';

/** Reads; when nothing was there, waits for the stream to move, at most `waitMs`, and reads again. */
export type EventWait = <Page extends { head: number; events: readonly unknown[] }>(
  stream: StreamRef,
  options: { userId: string; after: number; waitMs: number },
  read: () => Promise<Page>,
) => Promise<Page>;

/** Waits as a reader of the stream's feed, so that a hundred who wait cost nothing while nothing happens. */
export function createEventWait(deps: { feeds: Feeds; clock: Clock }): EventWait {
  const { feeds, clock } = deps;
  let waiting = 0;

  return async (stream, options, read) => {
    // Opened before the head is read, so that nothing committed in between is missed.
    const feed = feeds.open(stream);
    const page = await read();
    if (page.events.length > 0 || waiting >= limits.eventWaitersMax) return page;
    feed.settle(page.head);
    waiting += 1;
    await new Promise<void>((resolve) => {
      const timer = clock.after(options.waitMs, leave);
      // Not in the feed's own turn, in which it may still be busy with this reader.
      const reader = readerOf(stream, { ...options, head: page.head }, () => clock.soon(leave));
      feed.join(reader);
      function leave(): void {
        timer.cancel();
        feeds.leave(reader);
        resolve();
      }
    });
    waiting -= 1;
    return read();
  };
}

/** A reader that only wants to know that there is something. */
function readerOf(
  stream: StreamRef,
  at: { userId: string; after: number; head: number },
  wake: () => void,
): Subscription {
  const subscriber = {
    userId: at.userId,
    send: wake,
    full: false,
    drained: () => Promise.resolve(),
    isMember: () => true,
  };
  return { subscriber, stream, position: at.after, authorisedAt: at.head, active: true, onEnd: wake };
}
