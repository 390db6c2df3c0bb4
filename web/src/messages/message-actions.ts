/** What can be done with a message, wherever it is shown. Refusals are told in a toast. */
import type { Message, Reaction } from '@confab/protocol';
import type { App } from '../app/app-context.ts';
import { copyText } from '../platform/index.ts';
import { messagePath } from './message-path.ts';
import type { MessagesPlace } from './messages-context.ts';
import { withPending } from './reaction-overlay.ts';

/** The reactions of a message as they are about to be. */
export function reactionsOf({ client, reactions }: App, message: Message): readonly Reaction[] {
  const pending = reactions.pending.value.get(message.id);
  return withPending(message.reactions, pending, client.state.me?.userId ?? '');
}

export function hasReacted(app: App, message: Message, emoji: string): boolean {
  const ownId = app.client.state.me?.userId ?? '';
  return reactionsOf(app, message).some((one) => one.emoji === emoji && one.userIds.includes(ownId));
}

/** Puts a reaction, or takes one's own back. */
export function toggleReaction({ reactions, attempt }: App, message: Message, emoji: string): void {
  void attempt(reactions.toggle(message, emoji));
}

export function toggleSaved({ client, attempt, ui, words }: App, message: Message): void {
  const { done: said } = words.value.messages;
  const isSaved = client.state.saved.has(message.id);
  const name = isSaved ? 'message.unsave' : 'message.save';
  void attempt(client.call(name, { messageId: message.id })).then((done) => {
    if (done) ui.announcer.say(isSaved ? said.unsaved : said.saved);
  });
}

export function togglePinned({ client, attempt, ui, words }: App, message: Message): void {
  const { done: said } = words.value.messages;
  const isPinned = message.pinnedAt !== null;
  const name = isPinned ? 'message.unpin' : 'message.pin';
  void attempt(client.call(name, { messageId: message.id })).then((done) => {
    if (done) ui.toasts.show({ text: isPinned ? said.unpinned : said.pinned });
  });
}

export async function copyMessageLink({ ui, words }: App, message: Message): Promise<void> {
  const { done: said } = words.value.messages;
  const done = await copyText(location.origin + messagePath(message));
  ui.toasts.show({ text: done ? said.linkCopied : said.copyRefused });
}

export async function copyMessageText({ ui, words }: App, message: Message): Promise<void> {
  const { done: said } = words.value.messages;
  const done = await copyText(message.text);
  ui.toasts.show({ text: done ? said.textCopied : said.copyRefused });
}

/** From this message on the room is unread again. */
export function markUnreadFrom({ client, attempt }: App, place: MessagesPlace, message: Message): void {
  const { ordinal, roomId } = message;
  if (ordinal === null) return;
  place.madeUnread(ordinal);
  void attempt(client.markUnread(roomId, ordinal));
}

export function openThreadOf({ router }: App, message: Message): void {
  router.openPane({ kind: 'thread', threadId: message.threadId ?? message.id });
}
