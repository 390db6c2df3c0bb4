import type { Message } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';
import { forMessage } from '../messages/index.ts';
import type { Tx } from '../platform/postgres/index.ts';

/** The root of a thread that this person may read. A reply is the root of nothing. @throws Refusal not_found */
export async function forThread(tx: Tx, threadId: string, userId: string): Promise<Message> {
  const root = await forMessage(tx, threadId, userId);
  if (root.threadId !== null) throw new Refusal('not_found', { what: 'message' });
  return root;
}
