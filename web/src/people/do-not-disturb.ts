import { useApp, type App } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { now } from '../platform/index.ts';

const minuteMs = 60_000;

export interface DoNotDisturb {
  /** Milliseconds since 1970 UTC; null when it is off. */
  readonly until: number | null;
  /** "Until 17:30" */
  readonly words: string;
  readonly choices: readonly { readonly label: string; readonly until: () => number }[];
  set(until: number | null): void;
}

/** Whether notifications are held back, and until when. */
export function useDoNotDisturb(): DoNotDisturb {
  const words = useWords().people.quiet;
  const app = useApp();
  app.live.follow('preferences');
  const until = app.client.state.preferences?.doNotDisturbUntil ?? null;
  const isOn = until !== null && until > now();
  return {
    until: isOn ? until : null,
    words: isOn ? untilWords(app, until) : '',
    choices: [
      { label: words.halfHour, until: () => now() + 30 * minuteMs },
      { label: words.hour, until: () => now() + 60 * minuteMs },
      { label: words.tomorrow, until: () => tomorrowMorning(now()) },
    ],
    set: (next) =>
      void app.attempt(app.client.call('user.setPreferences', { preferences: { doNotDisturbUntil: next } })),
  };
}

/** "Until 17:30", "Until tomorrow, 09:00" */
export function untilWords({ time, words }: App, until: number): string {
  const { dayKey, day, time: clock } = time.value;
  const isToday = dayKey(until) === dayKey(now());
  return words.value.people.until(isToday ? clock(until) : `${day(until)}, ${clock(until)}`);
}

/** Nine o'clock of the next day, here. */
export function tomorrowMorning(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, 9).getTime();
}

export function endOfDay(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime() - 1;
}

/** The last moment of the coming Sunday, or of this day when it is Sunday. */
export function endOfWeek(at: number): number {
  const date = new Date(at);
  const days = (7 - date.getDay()) % 7;
  return endOfDay(new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime());
}
