/** What a rehearsal and its crowd, a process of its own, tell each other. */
import type { Verdict } from './judge.ts';
import type { Cast } from './people.ts';
import type { Break, Sending } from './speaker.ts';

export type ToCrowd =
  | { readonly say: 'enter'; readonly cast: Cast; readonly run: string; readonly perSecond: number }
  | { readonly say: 'talk' }
  | { readonly say: 'finish' };

export type FromCrowd =
  | { readonly tell: 'entered' }
  | { readonly tell: 'moment'; readonly moment: Moment }
  | { readonly tell: 'finished'; readonly outcome: Outcome }
  | { readonly tell: 'failed'; readonly why: string };

/** What happened since the last moment. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly sendings: readonly Sending[];
  readonly breaks: readonly Break[];
  readonly live: number;
  /** People whose message has waited longest, and how long. */
  readonly waitingMs: number;
  /** CPU seconds of the crowd itself since it began. */
  readonly cpuSeconds: number;
}

export interface Outcome extends Verdict {
  /** Messages that were sent and have no answer in the end, though everything was healed. */
  readonly unanswered: number;
  /** Messages for which people were shown an error. */
  readonly refused: number;
  readonly refusals: readonly string[];
  /** How long it took, after the last word, until everybody had everything. */
  readonly settledMs: number;
}
