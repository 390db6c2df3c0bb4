/**
 * The pace at which newcomers are let in. After a node has died its thousands come to the others at once; each asks the
 * database who it is and what it missed. A few do so at a time, the rest wait in line, so that those who are in already
 * find a free connection to the database; whoever finds the line too long is told when to come back.
 */
import { limits } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';
import type { Clock } from '../platform/clock/index.ts';
import { patiently } from '../platform/patience.ts';
import type { Random } from '../platform/random/index.ts';
import { createTurnstile } from '../platform/turnstile.ts';

export interface Admission {
  /** Finds out who has come; again for a while, when the database fails. @throws Refusal busy, with data.retryAfterMs */
  greet<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Reads what somebody who was let in follows: never refused, since their number is known. */
  read<Result>(work: () => Promise<Result>): Promise<Result>;
  /** When somebody who cannot be let in now should try again, in milliseconds: not all in the same moment. */
  comeBackInMs(): number;
}

/** Whoever has waited for longer has given up, or is about to. */
const greetingWaitMsMax = 10_000;
/**
 * After a balancer's death a node's own connections to the database may be dead too, and be found dead one by one, while
 * those who were cut off come: they are not sent away for seconds because of that.
 */
const greetingPatienceMs = 5_000;
const comeBackMs = { from: 1_000, to: 5_000 };

export function createAdmission(deps: {
  clock: Clock;
  random: Random;
  insideMax?: number;
  greetingsWaitingMax?: number;
}): Admission {
  const {
    clock,
    random,
    insideMax = limits.newcomersAtOnceMax,
    greetingsWaitingMax = limits.newcomersWaitingMax,
  } = deps;
  let greetingsWaiting = 0;
  const pass = createTurnstile({ insideMax, waitingMax: Number.POSITIVE_INFINITY, whenFull: busy });

  function comeBackInMs(): number {
    return Math.round(comeBackMs.from + random.fraction() * (comeBackMs.to - comeBackMs.from));
  }

  function busy(): Refusal {
    return new Refusal('busy', { retryAfterMs: comeBackInMs() });
  }

  /** Whoever tries again stands in line again, and keeps nobody waiting in between. */
  async function greetOnce<Result>(cameAt: number, work: () => Promise<Result>): Promise<Result> {
    if (greetingsWaiting >= greetingsWaitingMax) throw busy();
    greetingsWaiting += 1;
    return pass(() => {
      greetingsWaiting -= 1;
      return clock.now() - cameAt > greetingWaitMsMax ? Promise.reject(busy()) : work();
    });
  }

  return {
    greet(work) {
      const cameAt = clock.now();
      return patiently({ clock, ms: greetingPatienceMs }, () => greetOnce(cameAt, work));
    },
    read: (work) => pass(work),
    comeBackInMs,
  };
}
