/** What deserves a notification of the messages that arrive here whole: of watched rooms. */
import type { Message } from '@confab/protocol';
import { createKeywordSearch, createQuietTime, noticeLevelIn } from '@confab/protocol/notices';
import type { State } from './state.ts';

export type NoticeReason = 'direct' | 'mention' | 'keyword' | 'thread' | 'everything';

/** Why a message notifies the person here, best reason first; null when it does not. Quiet time is asked for apart. */
export function noticeReason(state: State, message: Message): NoticeReason | null {
  const { me, preferences } = state;
  const known = state.rooms.get(message.roomId);
  if (!me || !preferences || !known || message.authorId === me.userId) return null;
  const level = noticeLevelIn(known.membership, preferences);
  if (level === 'nothing') return null;
  if (known.room.kind === 'direct') return 'direct';
  const { users, all, here } = message.mentions;
  if (all || here || Object.values(users).includes(me.userId)) return 'mention';
  if (createKeywordSearch(preferences.keywords)(message.text) !== null) return 'keyword';
  if (message.threadId !== null && state.threads.has(message.threadId)) return 'thread';
  return level === 'everything' && message.ordinal !== null ? 'everything' : null;
}

/** Until when the person here is not to be disturbed: milliseconds, or null when they may be. */
export function quietUntil(state: State, now: number): number | null {
  const { me, preferences, users } = state;
  if (!me || !preferences) return null;
  return createQuietTime(preferences, users.get(me.userId)?.timeZone ?? 'UTC')(now);
}
