/**
 * Reads one stream in the order of its numbers, whatever arrives.
 *
 *   following   all that was heard of is applied
 *   behind      a number is missing: later events are held back, and the stream is asked for again from the position
 *   lost        the missing events will not come (resync, another epoch): a snapshot or a page has to be taken first,
 *               and events are passed over until then
 */
import { limits } from '@confab/protocol/limits';
import type { Clock, Timer } from './platform/index.ts';
import type { AnyEvent } from './state/reducers.ts';

/** A gap is asked for at once, and again at this distance as long as it stays. */
const askAgainMs = 2_000;

export interface Position {
  readonly epoch: number;
  readonly seq: number;
}

export interface Reader {
  receive(event: AnyEvent): void;
  /** The server says that the stream stands here and everything up to it has been sent. */
  hearOfHead(head: number): void;
  /** The server will not send what is missing. */
  lose(): void;
  /** A snapshot or page was taken, or a new connection reads on: whatever was held back comes again. */
  resume(): void;
  /** The connection is gone; whoever connects anew says where to read on. */
  pause(): void;
}

export function createReader(deps: {
  clock: Clock;
  /** Null while lost. */
  position: () => Position | null;
  /** Applies the event and moves the position to it. */
  apply: (event: AnyEvent) => void;
  /** Asks for the events after the position. */
  ask: () => void;
  /** Sees to a snapshot or page, and has to set the position to null. Called once until the next `resume`. */
  onLost: () => void;
}): Reader {
  const held = new Map<number, AnyEvent>();
  let heardOf = 0;
  let asking: Timer | null = null;

  function pause(): void {
    held.clear();
    heardOf = 0;
    asking?.cancel();
    asking = null;
  }

  function lose(): void {
    pause();
    if (deps.position()) deps.onLost();
  }

  function settle(): void {
    for (let position = deps.position(); position; position = deps.position()) {
      const next = held.get(position.seq + 1);
      held.delete(position.seq + 1);
      if (!next) break;
      deps.apply(next);
    }
    const position = deps.position();
    if (!position || position.seq >= heardOf) {
      asking?.cancel();
      asking = null;
    } else if (!asking) {
      askForGap();
    }
  }

  function askForGap(): void {
    asking = deps.clock.after(askAgainMs, () => {
      asking = null;
      settle();
    });
    deps.ask();
  }

  return {
    receive(event) {
      const position = deps.position();
      if (!position) return;
      if (event.epoch !== position.epoch) {
        lose();
        return;
      }
      if (event.seq <= position.seq) return;
      const isNext = event.seq === position.seq + 1;
      if (isNext || held.size < limits.eventPageMax) held.set(event.seq, event);
      heardOf = Math.max(heardOf, event.seq);
      settle();
    },
    hearOfHead(head) {
      if (!deps.position()) return;
      heardOf = Math.max(head, ...held.keys());
      settle();
    },
    lose,
    resume: pause,
    pause,
  };
}
