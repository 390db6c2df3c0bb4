import { createHash } from 'node:crypto';
import { errors, limits, type Input, type Message } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';
import { forMailKey, readReplyAddress, type ReplyTarget } from '../mail/index.ts';
import { forMessage, type Author } from '../messages/index.ts';
import type { DoorAnswer, ReceivedMail } from '../platform/mail-door/index.ts';
import { forReading } from '../rooms/index.ts';
import { forAccount } from '../users/index.ts';
import { cutReply } from './cut-reply.ts';
import type { ReplyDeps } from './index.ts';

const never = (words: string): DoorAnswer => ({ kind: 'never', words });

/** Whether the address is one of ours, before anything is sent there. */
export async function answerRecipient(deps: ReplyDeps, address: string): Promise<DoorAnswer> {
  const target = await targetOf(deps, address);
  return 'words' in target ? target : null;
}

/**
 * Posts what somebody answered to a letter, as that person and with what they may do by now: to the thread of the message, or in a
 * conversation to the conversation. A mail that comes twice is one message. @returns why not, for the sender's mail server to tell
 */
export async function postReply(deps: ReplyDeps, received: ReceivedMail): Promise<DoorAnswer> {
  const target = await targetOf(deps, received.recipient);
  if ('words' in target) return target;
  // Whoever is away must not be posted as saying so, and an answer to a machine would go round in circles.
  if (received.isAutomatic) {
    deps.logbook.info('a mail written by a machine was not posted', { userId: target.userId });
    return null;
  }
  try {
    return await post(deps, received, target);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { retryable, text } = errors[error.code];
    return { kind: retryable ? 'later' : 'never', words: text };
  }
}

async function targetOf(
  { database, random, clock, replyAddress }: ReplyDeps,
  address: string,
): Promise<ReplyTarget | Exclude<DoorAnswer, null>> {
  const now = clock.now();
  const key = await forMailKey(database, { random, now });
  const target = readReplyAddress(key, { base: replyAddress, address, now });
  if (target === 'expired')
    return { kind: 'never', words: 'This address has expired. Please answer in Confab' };
  return target ?? { kind: 'never', words: 'There is no such address' };
}

async function post(deps: ReplyDeps, received: ReceivedMail, target: ReplyTarget): Promise<DoorAnswer> {
  const { userId, messageId } = target;
  const { user, email } = await forAccount(deps.database, userId);
  if (user.deactivated) return never('There is no such address');
  // The address alone is not enough: letters are forwarded with it in them.
  if (received.from !== email.toLowerCase()) {
    return never('Please answer from the address that Confab writes to');
  }
  if (received.hasAttachments) return never('Files are not taken by mail. Please add them in Confab');
  const text = cutReply(received.text);
  if (text === '') return never('There is no text above what is quoted. Plain text is needed');
  if (text.length > limits.messageCharsMax)
    return never(`Too long: at most ${limits.messageCharsMax} characters`);
  deps.admit(userId);
  const message = await forMessage(deps.database, messageId, userId);
  const place = await placeOf(deps, message, userId);
  await deps.send({ userId }, { ...place, text, clientId: clientIdOf(received, messageId) });
  return null;
}

/** @throws Refusal not_found */
async function placeOf(
  { database }: ReplyDeps,
  { id, roomId, threadId }: Message,
  userId: string,
): Promise<Pick<Input<'message.send'>, 'roomId' | 'threadId'>> {
  if (threadId !== null) return { roomId, threadId };
  const { room } = await forReading(database, roomId, userId);
  return room.kind === 'direct' ? { roomId } : { roomId, threadId: id };
}

/** The same mail to the same place has the same. */
function clientIdOf({ messageId, text, from }: ReceivedMail, answered: string): string {
  const words = `${answered}\n${messageId ?? `${from ?? ''}\n${text}`}`;
  return `mail-${createHash('sha256').update(words).digest('base64url')}`;
}

export type Send = (author: Author, input: Input<'message.send'>) => Promise<unknown>;
