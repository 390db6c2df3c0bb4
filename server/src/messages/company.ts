/** What messages need beside them to be shown: the people in them, and what they quote. */
import type { Message, User } from '@confab/protocol';
import type { Tx } from '../platform/postgres/index.ts';
import { findUsers } from '../users/index.ts';
import { findMessagesById } from './store.ts';

/** Authors, people mentioned, people who reacted or replied. */
export async function peopleIn(tx: Tx, messages: readonly Message[]): Promise<User[]> {
  const ids = messages.flatMap((message) => [
    message.authorId,
    ...Object.values(message.mentions.users),
    ...message.reactions.flatMap((reaction) => reaction.userIds),
    ...(message.thread?.faces ?? []),
  ]);
  return findUsers(tx, ids);
}

/** Messages quote only within their room, so whoever may read them may read what they quote. */
export async function companyOf(
  tx: Tx,
  messages: readonly Message[],
): Promise<{ users: User[]; quoted: Message[] }> {
  const ids = messages.flatMap((message) => (message.quoteId === null ? [] : [message.quoteId]));
  const quoted = await findMessagesById(tx, ids);
  return { quoted, users: await peopleIn(tx, [...messages, ...quoted]) };
}
