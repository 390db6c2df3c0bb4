/** What a rehearsal and its crowd, a process of its own, tell each other. */
import type { Verdict } from '../judge.ts';
import type { Cast } from './people.ts';
import type { Break, Sending } from './speaker.ts';

export type ToCrowd =
  | ({ readonly say: 'gather' } & Gathering)
  | { readonly say: 'enter'; readonly cast: Cast; readonly run: string; readonly perSecond: number }
  | { readonly say: 'talk' }
  | { readonly say: 'finish' };

export type FromCrowd =
  | { readonly tell: 'gathering'; readonly made: number }
  | { readonly tell: 'gathered'; readonly cast: Cast }
  | { readonly tell: 'entered' }
  | { readonly tell: 'moment'; readonly moment: Moment }
  | { readonly tell: 'finished'; readonly outcome: Outcome }
  | { readonly tell: 'failed'; readonly why: string };

export interface Gathering {
  readonly url: string;
  /** An administrator's access token. */
  readonly ownerToken: string;
  readonly people: number;
  readonly teamSize: number;
  /** Who took part last time; used again when they are as many and are still known. */
  readonly known: Cast | null;
}

/** What happened since the last moment. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly sendings: readonly Sending[];
  readonly breaks: readonly Break[];
  readonly live: number;
  /** When the oldest message was said that is not acknowledged yet; null when all are. */
  readonly oldestUnderwayAt: number | null;
  /** CPU seconds of the crowd itself since it began. */
  readonly cpuSeconds: number;
}

export interface Outcome extends Verdict {
  /** Files whose uploaders were told that they are complete. */
  readonly uploaded: number;
  /** Messages that were sent and have no answer in the end, though everything was healed. */
  readonly unanswered: number;
  /** Messages for which people were shown an error. */
  readonly refused: number;
  readonly refusals: readonly string[];
  /** How long it took, after the last word, until everybody had everything. */
  readonly settledMs: number;
}
