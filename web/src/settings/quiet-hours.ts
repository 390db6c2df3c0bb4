import type { Preferences } from '@confab/protocol';

export type QuietHours = NonNullable<Preferences['quietHours']>;

/** What one begins with: every night. */
export const usualQuietHours: QuietHours = { days: [0, 1, 2, 3, 4, 5, 6], from: 22 * 60, to: 7 * 60 };

/** 1350 → 22:30, as fields for times want it. @param minutes since midnight */
export function timeOf(minutes: number): string {
  const parts = [Math.floor(minutes / 60), minutes % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** 22:30 → 1350; null for what is no time, such as a field that was emptied. */
export function minutesOf(time: string): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const total = Number(hours) * 60 + Number(minutes);
  return Number(hours) < 24 && Number(minutes) < 60 ? total : null;
}

/** Turns one day on or off. The last one stays: none at all is what switching it off is for. */
export function withDay(days: readonly number[], day: number, on: boolean): number[] {
  const all = new Set(days);
  if (on) all.add(day);
  else if (all.size > 1) all.delete(day);
  return [...all].toSorted((a, b) => a - b);
}

/** Whether they end on another day than they began. */
export function endsNextDay({ from, to }: Pick<QuietHours, 'from' | 'to'>): boolean {
  return to <= from;
}

interface WeekInfo {
  /** 1 is Monday, 7 is Sunday */
  readonly firstDay: number;
}

/** The days of a week as it begins there; 0 is Sunday. From Monday where the browser does not know. */
export function weekOf(locale: string): readonly number[] {
  // Newer than the types; older browsers have it as a property, or not at all.
  const known = new Intl.Locale(locale) as { getWeekInfo?: () => WeekInfo; weekInfo?: WeekInfo };
  const { firstDay } = known.getWeekInfo?.() ?? known.weekInfo ?? { firstDay: 1 };
  return Array.from({ length: 7 }, (_, index) => (firstDay + index) % 7);
}

/** Names of a day in a language: Mon, Monday. @param day 0 is Sunday */
export function dayNames(locale: string, day: number): { short: string; long: string } {
  // A Sunday, and noon, so that no zone makes another day of it.
  const at = Date.UTC(2026, 0, 4 + day, 12);
  const name = (weekday: 'short' | 'long'): string =>
    new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(at);
  return { short: name('short'), long: name('long') };
}
