import type { CallName, ClientFrame, Input, Output, ServerFrame } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import type { Clock, Timer } from './platform/index.ts';
import { Refused, refusedHere, unavailable } from './refused.ts';

/** Calls waiting for a connection or for their turn; more than this means that something runs away. */
const waitingMax = 500;
const defaultTimeoutMs = 30_000;

export interface Calls {
  /**
   * Sends a call when the connection is live and its turn has come.
   * @returns the output, or rejects with `Refused`: the server's own, `unavailable` when the link broke, nobody
   * answered in time or the connection has ended, or `busy` when too many calls wait.
   */
  call<Name extends CallName>(
    name: Name,
    input: Input<Name>,
    options?: { timeoutMs?: number },
  ): Promise<Output<Name>>;
  receive(frame: Extract<ServerFrame, { t: 'reply' | 'refused' }>): void;
  linkUp(): void;
  /** What was sent is refused as `unavailable`, outcome unknown; what waits goes on waiting. */
  linkDown(): void;
  /** Nothing will be sent any more: whatever waits is refused. */
  end(): void;
}

interface Waiting {
  readonly name: string;
  readonly input: unknown;
  readonly timer: Timer;
  ref: number | null;
  resolve(output: unknown): void;
  reject(refused: Refused): void;
}

/** Calls and their answers, matched by number; at most as many at once as the server takes. */
export function createCalls(deps: { clock: Clock; send: (frame: ClientFrame) => void }): Calls {
  const queue = new Set<Waiting>();
  const inFlight = new Map<number, Waiting>();
  let nextRef = 1;
  let live = false;

  function pump(): void {
    for (const waiting of queue) {
      if (!live || inFlight.size >= limits.socketCallsInFlightMax) return;
      queue.delete(waiting);
      waiting.ref = nextRef;
      nextRef += 1;
      inFlight.set(waiting.ref, waiting);
      deps.send({ t: 'call', ref: waiting.ref, name: waiting.name, input: waiting.input });
    }
  }

  function giveUp(waiting: Waiting): void {
    queue.delete(waiting);
    if (waiting.ref !== null) inFlight.delete(waiting.ref);
    waiting.reject(unavailable(waiting.ref === null ? 'not_sent' : 'unknown'));
    pump();
  }

  function rejectAll(from: Iterable<Waiting>): void {
    for (const waiting of from) {
      waiting.timer.cancel();
      waiting.reject(unavailable(waiting.ref === null ? 'not_sent' : 'unknown'));
    }
  }

  function linkDown(): void {
    live = false;
    const lost = [...inFlight.values()];
    inFlight.clear();
    rejectAll(lost);
  }

  return {
    call<Name extends CallName>(name: Name, input: Input<Name>, options: { timeoutMs?: number } = {}) {
      return new Promise<Output<Name>>((resolve, reject) => {
        if (queue.size >= waitingMax) {
          reject(refusedHere('busy', { outcome: 'not_sent' }));
          return;
        }
        const waiting: Waiting = {
          name,
          input,
          timer: deps.clock.after(options.timeoutMs ?? defaultTimeoutMs, () => giveUp(waiting)),
          ref: null,
          // The server answers as the protocol says for this name; nothing is validated on this side.
          resolve: (output) => resolve(output as Output<Name>),
          reject,
        };
        queue.add(waiting);
        pump();
      });
    },
    receive(frame) {
      const waiting = inFlight.get(frame.ref);
      if (!waiting) return;
      inFlight.delete(frame.ref);
      waiting.timer.cancel();
      if (frame.t === 'reply') waiting.resolve(frame.output);
      else waiting.reject(new Refused(frame.error));
      pump();
    },
    linkUp() {
      live = true;
      pump();
    },
    linkDown,
    end() {
      linkDown();
      const waiting = [...queue];
      queue.clear();
      rejectAll(waiting);
    },
  };
}
