/** What a bench and the processes that make its load say to each other. */
import type { Histogram } from '../histogram.ts';

/** Somebody's connection. */
export interface Seat {
  readonly token: string;
  /** The rooms this person is in. */
  readonly rooms: readonly string[];
  /** The room that is looked at, whole. */
  readonly watches: string;
  /** Further rooms that are looked at all the time. */
  readonly alsoWatches?: readonly string[];
  /** Whether each event is read for how long it took, not only for its number. One of each room does. */
  readonly isWitness: boolean;
}

/**
 * - steady: so many messages a second by this process, all its seats together
 * - flood: as many as are acknowledged, with so many under way at once
 * - office: what people in an office do; a person's pause between two actions is that of Mattermost's test
 * - silence: nobody says anything
 */
export type Plan =
  | { readonly kind: 'steady'; readonly perSecond: number }
  | { readonly kind: 'flood'; readonly inFlight: number }
  | { readonly kind: 'office' }
  | { readonly kind: 'silence' };

export interface Order {
  readonly url: string;
  readonly number: number;
  readonly seats: readonly Seat[];
  readonly plan: Plan;
  readonly seed: number;
}

/** All lose their connection at once, stay away, and come back within a time. */
export interface Storm {
  readonly awayMs: number;
  readonly withinMs: number;
}

export type ToLoad =
  | ({ readonly say: 'enter' } & Order)
  | { readonly say: 'talk' }
  /** What was counted before does not count: the warm-up. */
  | { readonly say: 'round' }
  | ({ readonly say: 'storm' } & Storm)
  | { readonly say: 'finish' };

/** Of one second on the clock that all processes of a machine share. */
export interface Second {
  readonly at: number;
  readonly sends: number;
  readonly deliveries: number;
  readonly longestMs: number;
}

export interface RoundCount {
  readonly deliveries: number;
  readonly acknowledged: number;
  readonly errors: number;
  readonly calls: number;
  readonly resyncs: number;
  readonly cpuSeconds: number;
  readonly send: Histogram;
  readonly delivery: Histogram;
  readonly call: Histogram;
}

/** What was acknowledged, and as which number of its room. */
export type Acknowledged = readonly [roomId: string, seq: number, clientId: string];

export interface Testimony {
  readonly acknowledged: readonly Acknowledged[];
  /** Numbers that connections were not given, were given twice, or were given after a later one. */
  readonly gaps: number;
  readonly repeats: number;
  readonly backwards: number;
  readonly firstError: string | null;
}

export type FromLoad =
  | { readonly tell: 'entered' }
  | { readonly tell: 'round'; readonly count: RoundCount }
  | { readonly tell: 'second'; readonly second: Second }
  | { readonly tell: 'storm'; readonly tookMs: readonly number[] }
  | { readonly tell: 'finished'; readonly testimony: Testimony }
  | { readonly tell: 'failed'; readonly why: string };
