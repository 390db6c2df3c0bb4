/** Whether a notification that is due is sent, and what it says. Pure. */
import { limits, type Presence, type PushContent, type PushPayload } from '@confab/protocol';
import { parseMarkdown, toPlainText } from '@confab/protocol/markdown';
import { createQuietTime } from '@confab/protocol/notices';
import { preferencesOf } from '../users/index.ts';
import type { Waiting } from './waiting.ts';

export type Verdict =
  | { readonly kind: 'send'; readonly payload: PushPayload }
  | { readonly kind: 'needless'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'wait' };

/** Whoever looks at a page so long and does not read it has been shown it there. */
export const activeMsMax = 90_000;
/** After that it is old news. */
const lateMs = 24 * 3_600_000;
const excerptCharsMax = 180;

export const isTest = ({ occasion }: Pick<Waiting, 'occasion'>): boolean => occasion.startsWith('test:');

/** @param around.withContent the administrator lets it travel */
export function verdictOn(
  one: Waiting,
  around: { readonly now: number; readonly presence: Presence | undefined; readonly withContent: boolean },
): Verdict {
  if (one.endpoint === null) return { kind: 'needless', reason: 'the browser is signed out' };
  if (one.attempts > limits.pushAttemptsMax) return { kind: 'failed', reason: 'nobody said how it went' };
  if (isTest(one)) return { kind: 'send', payload: payloadOf(one, around) };
  const age = around.now - one.at.getTime();
  if (age > lateMs) return { kind: 'failed', reason: 'it became too late' };
  const reason = quietUntil(one, around.now) === null ? goneBecause(one) : 'do not disturb';
  if (reason !== null) return { kind: 'needless', reason };
  if (around.presence === 'online') {
    return age > activeMsMax ? { kind: 'needless', reason: 'active elsewhere' } : { kind: 'wait' };
  }
  return { kind: 'send', payload: payloadOf(one, around) };
}

/** Until when its person is not to be disturbed; null when they may be. */
export function quietUntil(one: Waiting, now: number): number | null {
  return createQuietTime(preferencesOf(one.preferences), one.time_zone)(now);
}

/** Why nobody has to be told of it any more; null when somebody has. */
export function goneBecause(one: Waiting): string | null {
  if (one.kind === 'reminder') return one.note === null ? 'done or put off' : null;
  if (!one.is_member) return 'no longer in the room';
  if (one.kind === 'invitation') return null;
  if (one.is_deleted) return 'deleted';
  return one.is_read ? 'read' : null;
}

function payloadOf(one: Waiting, { withContent }: { withContent: boolean }): PushPayload {
  const { kind, at } = one;
  return {
    kind,
    isTest: isTest(one),
    ...placeOf(one),
    at: at.getTime(),
    language: preferencesOf(one.preferences).language,
    content: withContent && !one.hides_content && !isTest(one) ? contentOf(one) : null,
  };
}

/** As the page has them: web/src/notifications/occasion.ts. */
export function placeOf(one: Waiting): { tag: string; path: string } {
  if (isTest(one)) return { tag: `test-${one.kind}`, path: '/settings/notifications' };
  if (one.kind === 'reminder') return { tag: `reminder-${one.occasion.split(':')[1] ?? ''}`, path: '/saved' };
  const room = `/room/${one.room_id ?? ''}`;
  if (one.message_id === null) return { tag: `room-${one.room_id ?? ''}`, path: room };
  if (one.ordinal !== null || one.thread_id === null) {
    return { tag: `room-${one.room_id ?? ''}`, path: `${room}/message/${one.message_id}` };
  }
  return {
    tag: `thread-${one.room_id ?? ''}-${one.thread_id}`,
    path: `${room}/message/${one.thread_id}?thread=${one.thread_id}`,
  };
}

export function contentOf(one: Waiting, charsMax = excerptCharsMax): PushContent {
  const said = toPlainText(parseMarkdown(one.text ?? ''), charsMax);
  return {
    room: one.room_kind === 'direct' ? (one.people ?? '') : one.room_name === null ? '' : `#${one.room_name}`,
    author: one.author ?? '',
    text:
      one.kind === 'reminder' && one.note !== null && one.note !== '' ? one.note.slice(0, charsMax) : said,
    isPair: one.room_kind === 'direct' && one.people_count <= 2,
    isInThread: one.thread_id !== null && one.ordinal === null,
  };
}
