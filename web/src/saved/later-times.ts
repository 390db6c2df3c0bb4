/** Times one chooses from when something is to happen later. All in the zone of this device, milliseconds since 1970. */

export interface LaterTime<Name extends string> {
  readonly name: Name;
  readonly at: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const morning = 9;
const afternoon = 15;
const mondayNumber = 1;

/** For messages. The afternoon while it is not close yet; Monday unless that is tomorrow. */
export function sendTimes(now: number): LaterTime<'afternoon' | 'tomorrow' | 'monday'>[] {
  const today = hourOfDay(now, 0, afternoon);
  const tomorrow = hourOfDay(now, 1, morning);
  const monday = nextMonday(now);
  return [
    ...(today - now > hourMs ? [{ name: 'afternoon' as const, at: today }] : []),
    { name: 'tomorrow', at: tomorrow },
    ...(monday === tomorrow ? [] : [{ name: 'monday' as const, at: monday }]),
  ];
}

/** For reminders. */
export function reminderTimes(
  now: number,
): LaterTime<'twentyMinutes' | 'hour' | 'threeHours' | 'tomorrow' | 'nextWeek'>[] {
  const tomorrow = hourOfDay(now, 1, morning);
  const nextWeek = nextMonday(now);
  return [
    { name: 'twentyMinutes', at: now + 20 * minuteMs },
    { name: 'hour', at: now + hourMs },
    { name: 'threeHours', at: now + 3 * hourMs },
    { name: 'tomorrow', at: tomorrow },
    ...(nextWeek === tomorrow ? [] : [{ name: 'nextWeek' as const, at: nextWeek }]),
  ];
}

/** As date and time fields write it: `2026-06-01` and `09:00`. */
export function fieldsOf(at: number): { date: string; time: string } {
  const moment = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
  return { date, time: `${two(moment.getHours())}:${two(moment.getMinutes())}` };
}

/** Back from the fields; null while one of them is empty. */
export function momentOf({ date, time }: { date: string; time: string }): number | null {
  const at = new Date(`${date}T${time}`).getTime();
  return Number.isNaN(at) ? null : at;
}

function hourOfDay(now: number, daysAhead: number, hour: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + daysAhead, hour).getTime();
}

function nextMonday(now: number): number {
  const days = (mondayNumber - new Date(now).getDay() + 7) % 7;
  return hourOfDay(now, days === 0 ? 7 : days, morning);
}
