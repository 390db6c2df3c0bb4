import type { StreamEvent } from '../delivery/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { newsMs } from './rules.ts';
import { queueMessages } from './store.ts';

/** For a reader of all streams: queues messages whose links may have changed. */
export async function followLinks(tx: Tx, events: readonly StreamEvent[], now: number): Promise<void> {
  const ids = new Set<string>();
  for (const event of events) {
    if (event.stream.kind !== 'room' || event.at < now - newsMs) continue;
    if (event.name === 'message.sent') {
      const { id, text } = event.data<{ message: { id: string; text: string } }>().message;
      if (/https?:|www\./i.test(text)) ids.add(id);
    } else if (event.name === 'message.edited' || event.name === 'message.deleted') {
      ids.add(event.data<{ messageId: string }>().messageId);
    }
  }
  if (ids.size > 0) await queueMessages(tx, [...ids]);
}
