import type { Input, Output } from '@confab/protocol';
import { roomStream, type Appender, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import { forChanging, roomOfVisible } from '../messages/index.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import { forWriting } from '../rooms/index.ts';
import { findEmojiNamed } from '../workspace/index.ts';
import { customName, hasReacted, refuseTooManyKinds } from './rules.ts';
import type { StandardEmoji } from './standard-emoji.ts';
import { deleteReaction, insertReaction } from './store.ts';

export interface ReactionDeps {
  readonly database: Database;
  readonly log: EventLog;
  readonly standardEmoji: StandardEmoji;
}

/** Reacts to a message. Doing it again changes nothing. */
export async function addReaction(
  deps: ReactionDeps,
  caller: Caller,
  input: Input<'reaction.add'>,
): Promise<Output<'reaction.add'>> {
  const { messageId } = input;
  const { userId } = caller;
  const emoji = storedForm(deps, input.emoji);
  if (emoji === null) throw notAnEmoji();
  return changeReactions(deps, caller, messageId, async (tx, log, roomId) => {
    const message = await forChanging(tx, messageId);
    if (hasReacted(message, emoji, userId)) return;
    const name = customName(emoji);
    if (name !== null && !(await findEmojiNamed(tx, name))) throw notAnEmoji();
    refuseTooManyKinds(message, emoji);
    await insertReaction(tx, { messageId, emoji, userId });
    log.append(roomStream(roomId), 'reaction.added', { messageId, emoji, userId });
  });
}

/** Takes one's reaction back; there may be none. */
export async function removeReaction(
  deps: ReactionDeps,
  caller: Caller,
  input: Input<'reaction.remove'>,
): Promise<Output<'reaction.remove'>> {
  const { messageId } = input;
  const { userId } = caller;
  const emoji = storedForm(deps, input.emoji);
  return changeReactions(deps, caller, messageId, async (tx, log, roomId) => {
    const message = await forChanging(tx, messageId);
    if (emoji === null || !hasReacted(message, emoji, userId)) return;
    await deleteReaction(tx, { messageId, emoji, userId });
    log.append(roomStream(roomId), 'reaction.removed', { messageId, emoji, userId });
  });
}

/** A custom emoji by its name in colons, whether it still exists or not; null for what cannot be an emoji. */
function storedForm(deps: ReactionDeps, emoji: string): string | null {
  return customName(emoji) === null ? deps.standardEmoji(emoji) : emoji;
}

async function changeReactions(
  deps: ReactionDeps,
  caller: Caller,
  messageId: string,
  change: (tx: Tx, log: Appender, roomId: string) => Promise<void>,
): Promise<Output<'reaction.add'>> {
  const roomId = await roomOfVisible(deps.database, messageId, caller.userId);
  const stream = roomStream(roomId);
  return deps.log.write([stream], async (tx, log) => {
    await forWriting(tx, roomId, caller.userId);
    await change(tx, log, roomId);
    return { position: log.position(stream) };
  });
}

function notAnEmoji(): Refusal {
  return new Refusal('invalid', {
    path: '/emoji',
    expected: 'a standard emoji, or a custom one between colons',
  });
}
