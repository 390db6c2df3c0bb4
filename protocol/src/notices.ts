/** What deserves a notification, decided in one place for server, page and bots. Pure; loads no schema. */
import type { Membership } from './rooms.ts';
import type { Preferences } from './users.ts';

export type NoticeLevel = Preferences['noticeLevel'];

/** What notifies in a room: nothing while it is muted, else what was chosen for it, else what was chosen for all. */
export function noticeLevelIn(
  membership: Pick<Membership, 'muted' | 'level'>,
  preferences: Pick<Preferences, 'noticeLevel'>,
): NoticeLevel {
  if (membership.muted) return 'nothing';
  return membership.level === 'default' ? preferences.noticeLevel : membership.level;
}

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/**
 * Until when somebody is not to be disturbed, as of a moment: milliseconds, or null when they may be.
 * In the night in which clocks are put forward or back, quiet hours end as late as in any other night; whoever asks again
 * now and then is right to the minute.
 * @throws RangeError for a time zone that is none
 */
export function createQuietTime(
  preferences: Pick<Preferences, 'doNotDisturbUntil' | 'quietHours' | 'quietHoursSkippedUntil'>,
  timeZone: string,
): (now: number) => number | null {
  const { doNotDisturbUntil, quietHours, quietHoursSkippedUntil } = preferences;
  const hoursUntil = quietHours === null ? () => 0 : createHours(quietHours, timeZone);
  return (now) => {
    const isSkipped = now < (quietHoursSkippedUntil ?? 0);
    const until = Math.max(doNotDisturbUntil ?? 0, isSkipped ? 0 : hoursUntil(now));
    return until > now ? until : null;
  };
}

function createHours(
  hours: NonNullable<Preferences['quietHours']>,
  timeZone: string,
): (now: number) => number {
  const { days, from, to } = hours;
  const length = (to - from + dayMinutes) % dayMinutes || dayMinutes;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (now) => {
    const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
    const day = weekdays.indexOf(parts.get('weekday') ?? '');
    const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
    // Begun today, or yesterday and past midnight.
    const left = [
      { begun: day, since: minute - from },
      { begun: (day + 6) % 7, since: minute - from + dayMinutes },
    ].map(({ begun, since }) => (days.includes(begun) && since >= 0 && since < length ? length - since : 0));
    const most = Math.max(...left);
    return most === 0 ? 0 : (Math.floor(now / minuteMs) + most) * minuteMs;
  };
}

/** Without case and accents. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase()
    .toLowerCase();
}

const wordSign = /[\p{L}\p{N}\p{M}_]/u;
/** Writing that sets no spaces between words: a word there can begin and end anywhere. */
const spaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** Finds which of these keywords stands in a text as a whole word, whatever its case and accents; null for none. */
export function createKeywordSearch(keywords: readonly string[]): (text: string) => string | null {
  const wanted = keywords.map((keyword) => ({ keyword, folded: fold(keyword) }));
  return (text) => {
    if (wanted.length === 0) return null;
    const folded = fold(text);
    return wanted.find((one) => one.folded !== '' && standsIn(folded, one.folded))?.keyword ?? null;
  };
}

function standsIn(text: string, word: string): boolean {
  const [first = ''] = word;
  const last = Array.from(word).at(-1) ?? '';
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const before = Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? '';
    const [after = ''] = text.slice(at + word.length, at + word.length + 2);
    if (!isJoined(before, first) && !isJoined(last, after)) return true;
  }
  return false;
}

/** Two signs side by side that belong to one word. */
function isJoined(left: string, right: string): boolean {
  return [left, right].every((sign) => wordSign.test(sign) && !spaceless.test(sign));
}
