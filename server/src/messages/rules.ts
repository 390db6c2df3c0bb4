import { limits, type Mentions, type Message, type Room } from '@confab/protocol';
import { refuseUnreadable } from '../kit/readable-text.ts';
import { Refusal } from '../kit/refusal.ts';
import { mayModerate, type Standing } from '../rooms/index.ts';

/** @param options.mayBeEmpty when files say it. @throws Refusal invalid */
export function refuseUnfit(text: string, { mayBeEmpty = false } = {}): void {
  refuseUnreadable(text, '/text');
  if (text.trim() === '' && !mayBeEmpty)
    throw new Refusal('invalid', { path: '/text', expected: 'text that is not empty' });
}

/** @throws Refusal limit_reached */
export function refuseCrowd(mentions: Mentions | null): void {
  if (mentions && mentionedUsers(mentions).length > limits.messageMentionsMax) {
    throw new Refusal('limit_reached', { what: 'mentions', limit: limits.messageMentionsMax });
  }
}

/** The people named in a text, each once: two handles may mean one person after a rename. */
export function mentionedUsers(mentions: Mentions | null): string[] {
  return mentions ? [...new Set(Object.values(mentions.users))] : [];
}

/** How a text calls the whole room; `@all` says more than `@here`. */
export function wideMention(mentions: Mentions | null): 'all' | 'here' | null {
  if (mentions?.all) return 'all';
  return mentions?.here ? 'here' : null;
}

/** Authors take back what they wrote; elsewhere than in conversations, owners and moderators keep the room in order. */
export function mayDelete(
  message: Message,
  who: { readonly userId: string; readonly room: Room; readonly standing: Standing },
): boolean {
  return message.authorId === who.userId || mayModerate(who.room, who.standing);
}

export interface RoomRange {
  /** First and last ordinal of the page; nothing when last < first. */
  readonly first: number;
  readonly last: number;
}

/** Which part of a numbering without holes from 1 to `end` a page shows: the newest, or as asked for. */
export function rangeOf(
  end: number,
  limit: number,
  where: { before?: number | undefined; after?: number | undefined; around?: number | undefined },
): RoomRange {
  const { before, after, around } = where;
  if (before !== undefined) {
    const last = Math.min(before - 1, end);
    return { first: Math.max(1, last - limit + 1), last };
  }
  if (after !== undefined) return { first: after + 1, last: Math.min(after + limit, end) };
  if (around !== undefined) {
    const last = Math.min(end, Math.max(around - Math.floor(limit / 2), 1) + limit - 1);
    return { first: Math.max(1, last - limit + 1), last };
  }
  return { first: Math.max(1, end - limit + 1), last: end };
}

/** Is there something beyond a page? Of an empty page, what was asked for tells. */
export function beyond(range: RoomRange, end: number): { hasBefore: boolean; hasAfter: boolean } {
  return { hasBefore: Math.min(range.first - 1, end) > 0, hasAfter: Math.max(range.last, 0) < end };
}
