/** One direction of a connection: texts arrive in order, each after its time on the way. */
import type { Timer } from '@confab/server/platform/clock/index';
import type { Choices } from '../choices.ts';
import type { Scheduler } from '../scheduler.ts';

export interface Pipe {
  send(text: string): void;
  /** Bytes accepted and not yet taken by the network. */
  readonly queuedBytes: number;
  /** Calls back once, when nothing is queued. */
  onceDrained(listener: () => void): void;
  /** Nothing is taken for so long; then what waits goes text by text. */
  stall(forMs: number): void;
  /** After everything that was sent has arrived. */
  end(listener: () => void): void;
  /**
   * Of what is on its way a beginning arrives; the rest never does, and what is sent from now on stays in the queue.
   * @returns in how many milliseconds the last will have arrived
   */
  cut(): number;
}

const betweenTextsMs = 3;

export function createPipe(deps: {
  scheduler: Scheduler;
  choices: Choices;
  label: string;
  delayMaxMs: () => number;
  arrive: (text: string) => void;
}): Pipe {
  const { scheduler, choices, label } = deps;
  let queue: string[] = [];
  let queuedBytes = 0;
  const onTheWay = new Map<Timer, number>();
  let lastArrivalMs = 0;
  let stalledUntilMs = 0;
  let taking = false;
  let isCut = false;
  let drainListeners: (() => void)[] = [];

  function take(text: string): void {
    lastArrivalMs = Math.max(lastArrivalMs, scheduler.nowMs + choices.between(0.2, deps.delayMaxMs()));
    const timer = scheduler.after(lastArrivalMs - scheduler.nowMs, label, () => {
      onTheWay.delete(timer);
      deps.arrive(text);
    });
    onTheWay.set(timer, lastArrivalMs);
  }

  function takeNext(): void {
    if (isCut) return;
    taking = true;
    const waitMs = Math.max(stalledUntilMs - scheduler.nowMs, betweenTextsMs);
    scheduler.after(waitMs, `${label} takes`, () => {
      taking = false;
      if (isCut) return;
      if (scheduler.nowMs >= stalledUntilMs) {
        const text = queue.shift();
        if (text !== undefined) {
          queuedBytes -= Buffer.byteLength(text);
          take(text);
        }
      }
      if (queue.length > 0) takeNext();
      else drained();
    });
  }

  function drained(): void {
    const listeners = drainListeners;
    drainListeners = [];
    for (const listener of listeners) listener();
  }

  return {
    send(text) {
      if (!isCut && queue.length === 0 && !taking && scheduler.nowMs >= stalledUntilMs) return take(text);
      queue.push(text);
      queuedBytes += Buffer.byteLength(text);
      if (!taking) takeNext();
    },
    get queuedBytes() {
      return queuedBytes;
    },
    onceDrained(listener) {
      drainListeners.push(listener);
      if (!isCut && queue.length === 0 && !taking) scheduler.after(0, `${label} is drained`, drained);
    },
    stall(forMs) {
      stalledUntilMs = Math.max(stalledUntilMs, scheduler.nowMs + forMs);
    },
    end(listener) {
      const wait = (): void => {
        if (isCut) return;
        if (queue.length > 0 || taking) drainListeners.push(wait);
        else scheduler.after(Math.max(0, lastArrivalMs - scheduler.nowMs) + 0.1, `${label} ends`, listener);
      };
      wait();
    },
    cut() {
      if (isCut) return Math.max(0, lastArrivalMs - scheduler.nowMs);
      isCut = true;
      const survivors = choices.below(onTheWay.size + 1);
      lastArrivalMs = scheduler.nowMs;
      for (const [index, [timer, atMs]] of [...onTheWay].entries()) {
        if (index >= survivors) timer.cancel();
        else lastArrivalMs = atMs;
      }
      return Math.max(0, lastArrivalMs - scheduler.nowMs);
    },
  };
}
