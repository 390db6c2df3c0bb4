import { roomStream } from '../delivery/index.ts';
import { nothing, sql } from '../kit/sql.ts';
import { findMessages } from '../messages/index.ts';
import type { PreviewDeps } from './deps.ts';
import { cardOf, linksOf } from './rules.ts';
import { awaitPage, findHidden, findQueued, keepCards, lockPages, takeQueued } from './store.ts';

const batchMax = 50;

type Deps = Pick<PreviewDeps, 'database' | 'log' | 'clock' | 'publicUrl'>;

/** Looks at the queued messages until there are none; any number of nodes may do it at once. */
export async function settleQueued(deps: Deps, stopped: () => boolean): Promise<void> {
  for (;;) {
    const queued = await findQueued(deps.database, batchMax);
    for (const { message_id: messageId, room_id: roomId } of queued) {
      if (stopped()) return;
      if (roomId !== null) await settleCards(deps, messageId, roomId);
      else await deps.database.write((tx) => takeQueued(tx, messageId));
    }
    if (queued.length < batchMax) return;
  }
}

/** Gives a message the cards that its links have by now, tells its room when they are others, and asks for those that lack. */
async function settleCards(deps: Deps, messageId: string, roomId: string): Promise<void> {
  const stream = roomStream(roomId);
  await deps.log.write([stream], async (tx, log) => {
    const [message] = await findMessages(tx, sql`g.id = ${messageId} and g.deleted_at is null`, nothing);
    // Pages first, then the queue, as whoever ends the fetching of a page does: the two never wait for each other.
    const pages = message ? await lockPages(tx, linksOf(message.text, deps.publicUrl)) : [];
    if (!(await takeQueued(tx, messageId)) || !message) return;
    const now = new Date(deps.clock.now());
    for (const { id: pageId, fresh_until: freshUntil } of pages) {
      if (freshUntil === null || freshUntil < now) await awaitPage(tx, { pageId, messageId, now });
    }
    const hidden = await findHidden(tx, messageId);
    const previews = pages.flatMap((page) => (hidden.includes(page.id) ? [] : (cardOf(page) ?? [])));
    if (JSON.stringify(previews) === JSON.stringify(message.previews ?? [])) return;
    const { seq } = log.append(stream, 'message.previewed', { messageId, previews });
    await keepCards(tx, messageId, { cards: previews, hidden, seq });
  });
}
