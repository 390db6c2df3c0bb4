import { limits, type Message } from '@confab/protocol';
import { Refusal } from '../kit/refusal.ts';

/** The name in `:name:`, or null for anything else. */
export function customName(emoji: string): string | null {
  return /^:([a-z0-9_+-]{2,40}):$/.exec(emoji)?.[1] ?? null;
}

export function hasReacted(message: Message, emoji: string, userId: string): boolean {
  return message.reactions.some((one) => one.emoji === emoji && one.userIds.includes(userId));
}

/** Joining in is always possible, one more kind not. @throws Refusal limit_reached */
export function refuseTooManyKinds(message: Message, emoji: string): void {
  const { reactions } = message;
  if (reactions.length >= limits.messageReactionKindsMax && !reactions.some((one) => one.emoji === emoji)) {
    throw new Refusal('limit_reached', { what: 'reactions', limit: limits.messageReactionKindsMax });
  }
}
