import type { Input } from '@confab/protocol';
import type { State } from '@confab/client';
import { createQuietTime } from '@confab/protocol/notices';
import { useApp, type App } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { now } from '../platform/index.ts';

const minuteMs = 60_000;

export interface DoNotDisturb {
  /** Milliseconds since 1970 UTC; null when it is off. */
  readonly until: number | null;
  /** chosen: for a while; hours: by the schedule of every week. */
  readonly by: 'chosen' | 'hours';
  /** "Until 17:30" */
  readonly words: string;
  readonly choices: readonly { readonly label: string; readonly until: () => number }[];
  set(until: number): void;
  /** Also quiet hours: the next ones hold again. */
  end(): void;
}

/** Whether notifications are held back, and until when; true when it is drawn. */
export function useDoNotDisturb(): DoNotDisturb {
  const words = useWords().people.quiet;
  const app = useApp();
  app.live.follow('preferences');
  const { state } = app.client;
  const chosen = state.preferences?.doNotDisturbUntil ?? null;
  const until = quietTime(state, chosen);
  const change = (preferences: Input<'user.setPreferences'>['preferences']): void =>
    void app.attempt(app.client.call('user.setPreferences', { preferences }));
  return {
    until,
    by: until !== null && until > (chosen ?? 0) ? 'hours' : 'chosen',
    words: until === null ? '' : untilWords(app, until),
    choices: [
      { label: words.halfHour, until: () => now() + 30 * minuteMs },
      { label: words.hour, until: () => now() + 60 * minuteMs },
      { label: words.twoHours, until: () => now() + 120 * minuteMs },
      { label: words.tomorrow, until: () => tomorrowMorning(now()) },
    ],
    set: (next) => change({ doNotDisturbUntil: next }),
    end: () => change({ doNotDisturbUntil: null, ...skipHours(state) }),
  };
}

function quietTime({ preferences, me, users }: State, doNotDisturbUntil: number | null): number | null {
  if (!preferences || !me) return null;
  const zone = users.get(me.userId)?.timeZone ?? 'UTC';
  return createQuietTime({ ...preferences, doNotDisturbUntil }, zone)(now());
}

/** What ends the quiet hours of this moment, also beneath what was chosen for a while. */
function skipHours(state: State): { quietHoursSkippedUntil?: number } {
  const until = quietTime(state, null);
  return until === null ? {} : { quietHoursSkippedUntil: until };
}

/** "Until 17:30", "Until tomorrow, 09:00" */
export function untilWords({ time, words }: App, until: number): string {
  const { dayKey, dayWithin, time: clock } = time.value;
  const isToday = dayKey(until) === dayKey(now());
  return words.value.people.until(isToday ? clock(until) : `${dayWithin(until)}, ${clock(until)}`);
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
