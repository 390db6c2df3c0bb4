/** Days, months and years as people write them, in a time zone: from their first moment to the next one's. */
export interface Span {
  /** Milliseconds since 1970 UTC. */
  readonly from: number;
  readonly to: number;
}

interface Day {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

const written = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;

/** 2026, 2026-11, 2026-11-24, today, yesterday, week, month, year (these up to now); null for anything else. */
export function spanOf(text: string, now: number, timeZone: string): Span | null {
  const today = dayAt(now, timeZone);
  const span = (from: Day, to: Day): Span => ({ from: startOf(from, timeZone), to: startOf(to, timeZone) });
  const { year, month, day } = today;
  switch (text.toLowerCase()) {
    case 'today':
      return span(today, { year, month, day: day + 1 });
    case 'yesterday':
      return span({ year, month, day: day - 1 }, today);
    case 'week': {
      const sinceMonday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
      return span({ year, month, day: day - sinceMonday }, { year, month, day: day - sinceMonday + 7 });
    }
    case 'month':
      return span({ year, month, day: 1 }, { year, month: month + 1, day: 1 });
    case 'year':
      return span({ year, month: 1, day: 1 }, { year: year + 1, month: 1, day: 1 });
    default:
      return writtenSpan(text, timeZone);
  }
}

function writtenSpan(text: string, timeZone: string): Span | null {
  const [, years, months, days] = written.exec(text) ?? [];
  if (years === undefined) return null;
  const from: Day = { year: Number(years), month: Number(months ?? 1), day: Number(days ?? 1) };
  if (!exists(from)) return null;
  const to: Day =
    days !== undefined
      ? { ...from, day: from.day + 1 }
      : months !== undefined
        ? { ...from, month: from.month + 1 }
        : { ...from, year: from.year + 1 };
  return { from: startOf(from, timeZone), to: startOf(to, timeZone) };
}

/** Is it on the calendar? Years before 1970 hold no messages, and need no answer either. */
function exists({ year, month, day }: Day): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1970 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

function dayAt(moment: number, timeZone: string): Day {
  const shown = new Date(moment + offsetAt(moment, timeZone));
  return { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate() };
}

/** Midnight; where the clocks skip it, the moment they do. */
function startOf({ year, month, day }: Day, timeZone: string): number {
  const asUtc = Date.UTC(year, month - 1, day);
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(guess, timeZone);
}

/** How far clocks there are ahead of UTC at that moment, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const at = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const shown = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
  return shown - Math.floor(moment / 1000) * 1000;
}
