import { useComputed } from '@preact/signals';
import type { Message } from '@confab/protocol';
import type { App } from '../app/app-context.ts';
import type { MessagesPlace } from './messages-context.ts';

/** The reactions that are one press away. */
export const quickReactions = ['👍', '✅', '❤️', '😄'] as const;

export function useIsSaved({ client, live }: App, messageId: string): boolean {
  return useComputed(() => {
    live.follow('saved');
    return client.state.saved.has(messageId);
  }).value;
}

/** Threads are begun from the timeline; in a thread one is there already. */
export function mayReply(place: MessagesPlace, message: Message): boolean {
  return place.threadId === null && (place.mayWrite || message.thread !== null);
}
