import type { Input, Output } from '@confab/protocol';
import { roomStream } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { forChanging, roomOfVisible } from '../messages/index.ts';
import { forWriting } from '../rooms/index.ts';
import type { PreviewDeps } from './deps.ts';
import { findHidden, keepCards } from './store.ts';

/** The author takes a card away, for everybody and for good. Gone already is done. */
export async function removePreview(
  { database, log }: Pick<PreviewDeps, 'database' | 'log'>,
  caller: Caller,
  { messageId, previewId }: Input<'preview.remove'>,
): Promise<Output<'preview.remove'>> {
  const roomId = await roomOfVisible(database, messageId, caller.userId);
  const stream = roomStream(roomId);
  return log.write([stream], async (tx, appender) => {
    await forWriting(tx, roomId, caller.userId);
    const message = await forChanging(tx, messageId);
    if (message.authorId !== caller.userId) throw new Refusal('forbidden', { needs: 'author' });
    const before = message.previews ?? [];
    const previews = before.filter(({ id }) => id !== previewId);
    if (previews.length < before.length) {
      const hidden = [...(await findHidden(tx, messageId)), previewId];
      const { seq } = appender.append(stream, 'message.previewed', { messageId, previews });
      await keepCards(tx, messageId, { cards: previews, hidden, seq });
    }
    return { position: appender.position(stream) };
  });
}
