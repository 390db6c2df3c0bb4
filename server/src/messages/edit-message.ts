import type { Input, Message, Output } from '@confab/protocol';
import { roomStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Database } from '../platform/postgres/index.ts';
import { forWriting } from '../rooms/index.ts';
import { forChanging, roomOfVisible } from './doors.ts';
import { readText, resolveMentions } from './mentions.ts';
import { moveMentions } from './notices.ts';
import { refuseCrowd, refuseUnfit } from './rules.ts';
import { keepEdit, updateText } from './store.ts';
import { noMentions } from './views.ts';

/** Changes the text of one's own message, if it is still the version that was read. The text before is kept. */
export async function editMessage(
  deps: { database: Database; log: EventLog },
  caller: Caller,
  input: Input<'message.edit'>,
): Promise<Output<'message.edit'>> {
  const { messageId, text } = input;
  refuseUnfit(text, { mayBeEmpty: true });
  const { references, excerpt } = readText(text);
  const roomId = await roomOfVisible(deps.database, messageId, caller.userId);
  const stream = roomStream(roomId);
  return deps.log.write([stream], async (tx, log) => {
    const { room } = await forWriting(tx, roomId, caller.userId);
    const before = await forChanging(tx, messageId);
    if (before.authorId !== caller.userId) throw new Refusal('forbidden', { needs: 'author' });
    if (isDone(before, input)) return { version: before.version, position: log.position(stream) };
    refuseUnfit(text, { mayBeEmpty: before.files !== undefined });
    if (before.version !== input.version) throw new Refusal('conflict', { version: before.version });
    const mentions = await resolveMentions(tx, references, before.mentions);
    refuseCrowd(mentions);
    const version = before.version + 1;
    await updateText(tx, messageId, { text, mentions, version, editedAt: new Date(log.at) });
    const edit = { messageId, ordinal: before.ordinal, text, mentions: mentions ?? noMentions };
    const position = log.append(stream, 'message.edited', { ...edit, version, editedAt: log.at });
    await keepEdit(tx, before, position.seq);
    await moveMentions(tx, log, { room, before, mentions, excerpt });
    return { version, position };
  });
}

/** The text stands there already: nothing to change, or this edit is repeated since its answer was lost. */
function isDone(before: Message, input: Input<'message.edit'>): boolean {
  const { version } = before;
  return before.text === input.text && (version === input.version || version === input.version + 1);
}
