import { madeOnce } from './made-once.ts';

export type TimeFormat = {
  /** 14:05, or 2:05 pm where that is the custom */
  time: (at: number) => string;
  /** Today, Yesterday, Tomorrow, Monday 1 June; with the year when it is another one */
  day: (at: number) => string;
  /** The same within a sentence: today, tomorrow, Monday 1 June */
  dayWithin: (at: number) => string;
  /** As short as can be for a list: the time today, then the weekday, then the date */
  stamp: (at: number) => string;
  /** Everything, for a tooltip */
  full: (at: number) => string;
  /** now, 5 minutes ago, in 2 hours */
  relative: (at: number) => string;
  /** The same for all times of one local day, in order as text: 2026-06-01 */
  dayKey: (at: number) => string;
  /** Ada, Grace and Alan */
  list: (words: readonly string[]) => string;
  /** 12,345 */
  count: (value: number) => string;
};

type Options = {
  /** the browser's when left out */
  locale?: string;
  /** the browser's when left out */
  timeZone?: string;
  /** milliseconds since 1970 */
  now: () => number;
};

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How times and numbers are written here. All times are milliseconds since 1970. */
export function createTimeFormat({ locale, timeZone, now }: Options): TimeFormat {
  const zone = timeZone === undefined ? {} : { timeZone };
  const dates = (options: Intl.DateTimeFormatOptions) =>
    madeOnce(() => new Intl.DateTimeFormat(locale, { ...zone, ...options }));
  const clock = dates({ timeStyle: 'short' });
  const weekday = dates({ weekday: 'short' });
  const thisYear = dates({ weekday: 'long', day: 'numeric', month: 'long' });
  const otherYear = dates({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const short = dates({ day: 'numeric', month: 'short' });
  const shortWithYear = dates({ day: 'numeric', month: 'short', year: 'numeric' });
  const full = dates({ dateStyle: 'full', timeStyle: 'short' });
  const key = madeOnce(() => new Intl.DateTimeFormat('en-CA', { ...zone, dateStyle: 'short' }));
  const relative = madeOnce(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const list = madeOnce(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  const number = madeOnce(() => new Intl.NumberFormat(locale));

  const daysAgo = (at: number): number =>
    Math.round((Date.parse(key().format(now())) - Date.parse(key().format(at))) / dayMs);
  const sameYear = (at: number): boolean => key().format(at).slice(0, 4) === key().format(now()).slice(0, 4);

  function dayWithin(at: number): string {
    const days = daysAgo(at);
    if (Math.abs(days) <= 1) return relative().format(-days, 'day');
    return (sameYear(at) ? thisYear : otherYear)().format(at);
  }

  function stamp(at: number): string {
    const days = daysAgo(at);
    if (days === 0) return clock().format(at);
    if (days === 1) return capital(relative().format(-1, 'day'), locale);
    if (days > 1 && days < 7) return weekday().format(at);
    return (sameYear(at) ? short : shortWithYear)().format(at);
  }

  return {
    time: (at) => clock().format(at),
    day: (at) => capital(dayWithin(at), locale),
    dayWithin,
    stamp,
    full: (at) => full().format(at),
    relative: (at) => relativeTo(relative(), at - now()),
    dayKey: (at) => key().format(at),
    list: (words) => list().format(words),
    count: (value) => number().format(value),
  };
}

function relativeTo(format: Intl.RelativeTimeFormat, differenceMs: number): string {
  const size = Math.abs(differenceMs);
  if (size < 45 * secondMs) return format.format(0, 'second');
  if (size < hourMs) return format.format(Math.round(differenceMs / minuteMs), 'minute');
  if (size < dayMs) return format.format(Math.round(differenceMs / hourMs), 'hour');
  if (size < 30 * dayMs) return format.format(Math.round(differenceMs / dayMs), 'day');
  if (size < 365 * dayMs) return format.format(Math.round(differenceMs / (30 * dayMs)), 'month');
  return format.format(Math.round(differenceMs / (365 * dayMs)), 'year');
}

function capital(text: string, locale: string | undefined): string {
  return text.slice(0, 1).toLocaleUpperCase(locale) + text.slice(1);
}
