/**
 * The pace at which newcomers are let in. After a node has died its thousands come to the others at once; each has to be
 * asked after in the database: who it is, and what it missed. Those who come while that is done for others are asked
 * after together, few batches at a time, so that those who are in already find a free connection to the database;
 * whoever finds the line too long is told when to come back.
 */
import { limits, type Follow, type Watch } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';
import { createBatcher } from '../platform/batcher.ts';
import type { Clock } from '../platform/clock/index.ts';
import { patiently } from '../platform/patience.ts';
import type { Random } from '../platform/random/index.ts';
import type { FollowState, WatchState } from '../sync/index.ts';
import type { Credential, Identify, Identity } from './authentication.ts';

/** Somebody in line. Whoever has left costs nothing, and gets null for an answer. */
export interface Newcomer {
  isGone(): boolean;
}

export interface Admission {
  /** Finds out who has come; again for a while, when the database fails. @throws Refusal busy, with data.retryAfterMs */
  greet(newcomer: Newcomer & { credential: Credential }): Promise<Identity | null>;
  /** Reads what somebody who was let in follows: never refused, since their number is known. */
  follow(newcomer: Newcomer & { userId: string; follow: Follow }): Promise<FollowState | null>;
  /** @throws Refusal not_found for a room that they may not read */
  watch(newcomer: Newcomer & { userId: string; watch: Watch }): Promise<WatchState | null>;
  /** When somebody who cannot be let in now should try again, in milliseconds: not all in the same moment. */
  comeBackInMs(): number;
}

/** Whoever has waited for longer has given up, or is about to. */
const greetingWaitMsMax = 10_000;
/**
 * After a balancer's death a node's own connections to the database may be dead too, and be found dead one by one, while
 * those who were cut off come: they are not sent away for seconds because of that. One that says nothing is given up
 * after six seconds (`haste`), and a client leaves after ten: there is time for another.
 */
const greetingPatienceMs = 8_000;
const comeBackMs = { from: 1_000, to: 5_000 };
/** Together they leave most of a node's connections to others. */
const atOnceMax = { greetings: 1, follows: 2, watches: 1 };

export interface AdmissionDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly identify: Identify;
  readonly readFollows: (inputs: readonly { userId: string; follow: Follow }[]) => Promise<FollowState[]>;
  /** Null for a room that somebody may not read. */
  readonly readWatches: (
    inputs: readonly { userId: string; watch: Watch }[],
  ) => Promise<(WatchState | null)[]>;
}

export function createAdmission(
  deps: AdmissionDeps,
  {
    greetingsWaitingMax = limits.newcomersWaitingMax,
    batchMax = limits.newcomersInBatchMax,
  }: { greetingsWaitingMax?: number; batchMax?: number } = {},
): Admission {
  const { clock, random } = deps;

  function comeBackInMs(): number {
    return Math.round(comeBackMs.from + random.fraction() * (comeBackMs.to - comeBackMs.from));
  }

  function busy(): Refusal {
    return new Refusal('busy', { retryAfterMs: comeBackInMs() });
  }

  const greetings = createBatcher<Newcomer & { credential: Credential; cameAt: number }, Identity | null>({
    atOnceMax: atOnceMax.greetings,
    batchMax,
    answer: forThoseStillThere(async (newcomers) => {
      const latest = clock.now() - greetingWaitMsMax;
      const patient = newcomers.filter(({ cameAt }) => cameAt >= latest);
      const found = patient.length === 0 ? [] : await deps.identify(patient.map((one) => one.credential));
      const identities = new Map(patient.map((one, index) => [one, found[index] ?? null]));
      return newcomers.map((one) => (identities.has(one) ? (identities.get(one) ?? null) : busy()));
    }),
  });
  const follows = createBatcher<Newcomer & { userId: string; follow: Follow }, FollowState | null>({
    atOnceMax: atOnceMax.follows,
    batchMax,
    answer: forThoseStillThere((newcomers) => deps.readFollows(newcomers)),
  });
  const watches = createBatcher<Newcomer & { userId: string; watch: Watch }, WatchState | null>({
    atOnceMax: atOnceMax.watches,
    batchMax,
    answer: forThoseStillThere(async (newcomers) => {
      const states = await deps.readWatches(newcomers);
      return states.map((state) => state ?? new Refusal('not_found', { what: 'room' }));
    }),
  });

  return {
    greet(newcomer) {
      const cameAt = clock.now();
      return patiently({ clock, ms: greetingPatienceMs }, () =>
        greetings.waiting >= greetingsWaitingMax
          ? Promise.reject(busy())
          : greetings.ask({ ...newcomer, cameAt }),
      );
    },
    follow: follows.ask,
    watch: watches.ask,
    comeBackInMs,
  };
}

function forThoseStillThere<Item extends Newcomer, Result>(
  answer: (items: readonly Item[]) => Promise<readonly (Result | Error)[]>,
): (items: readonly Item[]) => Promise<(Result | Error | null)[]> {
  return async (items) => {
    const there = items.filter((item) => !item.isGone());
    const results = there.length === 0 ? [] : await answer(there);
    const found = new Map<Item, Result | Error>(
      there.map((item, index) => [item, results[index] as Result | Error]),
    );
    return items.map((item) => found.get(item) ?? null);
  };
}
