/**
 * Answers by mail to letters of what was missed. Owns nothing that is kept: addresses are signed, and messages are of messages/.
 * Promises that a mail becomes one message of the person whom the letter went to, with what they may do at that moment, or is
 * refused in words while its sender's server still holds it. Refuses to know who sent a mail for certain: that is checked before.
 */
import type { Log } from '../platform/log/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { DoorKeeper } from '../platform/mail-door/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import type { Random } from '../platform/random/index.ts';
import { answerRecipient, postReply, type Send } from './post-reply.ts';

export interface ReplyDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly logbook: Log;
  /** Of which all are made, such as reply@chat.example.org. */
  readonly replyAddress: string;
  readonly send: Send;
  /** @throws Refusal too_many for somebody who sends too fast */
  readonly admit: (userId: string) => void;
}

export function createReplies(deps: ReplyDeps): DoorKeeper {
  return {
    recipient: (address) => answerRecipient(deps, address),
    mail: (received) => postReply(deps, received),
  };
}
