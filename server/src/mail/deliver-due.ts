import { limits } from '@confab/protocol';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Mail, MailMessage } from '../platform/mail/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import type { Letter } from './letter.ts';
import { claimDue, endMail, putOff, type MailEnd, type MailKind, type QueuedMail } from './store.ts';

export interface Written {
  readonly to: string;
  readonly letter: Letter;
  /** Each try says the same, so that mail programs may take it for the one before; otherwise each has a link of its own. */
  readonly isSame?: boolean;
  /** What a mail program groups it by, and how its reader ends it. */
  readonly headers?: Pick<MailMessage, 'topic' | 'unsubscribeUrl' | 'replyTo'>;
}

/** Writes what is sent at this moment; a text says why nothing is any more. */
export type Writer = (queued: QueuedMail) => Promise<Written | string>;

export interface PostDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly logbook: Log;
  readonly mail: Mail;
  readonly writers: Readonly<Record<MailKind, Writer>>;
}

/** Longer than a slow server may take for one. */
const leaseMs = 180_000;
/** Of one node at once: mail servers turn away whoever comes with many. */
const batchMax = 4;
const firstPauseMs = 30_000;
const pauseFactor = 4;

/**
 * Sends what is due. Any number of nodes may do it at once: each claims what no other has. A node that dies before the mail
 * server has answered leaves its claim, and another tries again with a letter of its own.
 */
export async function deliverDue(deps: PostDeps): Promise<void> {
  const { database, clock } = deps;
  for (let count = batchMax; count === batchMax;) {
    const claimed = await claimDue(database, { now: clock.now(), leaseMs, count: batchMax });
    count = claimed.length;
    const ends = await Promise.allSettled(claimed.map((queued) => deliver(deps, queued)));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed) throw failed.reason;
  }
}

async function deliver(deps: PostDeps, queued: QueuedMail): Promise<void> {
  const { database, clock, logbook, mail, writers } = deps;
  const end = (outcome: MailEnd['outcome'], reason: string | null): Promise<void> => {
    if (outcome === 'failed') logbook.warn('a mail was given up', { kind: queued.kind, reason });
    return endMail(database, queued, { outcome, reason, at: new Date(clock.now()) });
  };
  if (queued.attempts > limits.mailAttemptsMax) return end('failed', 'nobody said how it went');
  const written = await writers[queued.kind](queued);
  if (typeof written === 'string') return end('needless', written);
  const { to, letter, headers, isSame = false } = written;
  const id = `confab-${queued.id}${isSame ? '' : `-${queued.attempts}`}`;
  const answer = await mail.send({ id, to, ...letter, ...headers });
  if (answer.kind === 'sent') return end('sent', null);
  if (answer.kind === 'refused' || queued.attempts >= limits.mailAttemptsMax)
    return end('failed', answer.reason);
  const at = new Date(clock.now() + firstPauseMs * pauseFactor ** (queued.attempts - 1));
  return putOff(database, queued, { at, reason: answer.reason });
}
