/** When the people of the demo work and sleep, each in their own time zone. */
export interface Hours {
  readonly from: number;
  readonly until: number;
}

export interface WorkingHours {
  /** @param hours of the local day, 13.5 is half past one. */
  isWithin(timeZone: string, at: number, hours: Hours): boolean;
  /** Monday to Friday. */
  isWorkday(timeZone: string, at: number): boolean;
  /** `at`, or when those hours of a working day begin the next time. */
  next(timeZone: string, at: number, hours: Hours): number;
  /** The moment of that hour on the local day of `at`. */
  hourOfDay(timeZone: string, at: number, hour: number): number;
}

export const awakeHours: Hours = { from: 7.5, until: 22.5 };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export function createWorkingHours(): WorkingHours {
  const formats = new Map<string, Intl.DateTimeFormat>();
  /** Asking is slow, and the answer changes at full hours only. */
  const offsets = new Map<string, number>();

  function formatOf(timeZone: string): Intl.DateTimeFormat {
    const known = formats.get(timeZone);
    if (known) return known;
    const options = { dateStyle: 'short', timeStyle: 'medium', timeZone } as const;
    // Sweden writes dates as ISO 8601 does.
    const made = new Intl.DateTimeFormat('sv-SE', options);
    formats.set(timeZone, made);
    return made;
  }

  function offsetOf(timeZone: string, at: number): number {
    const hour = Math.floor(at / hourMs) * hourMs;
    const key = `${timeZone} ${hour}`;
    const known = offsets.get(key);
    if (known !== undefined) return known;
    const offset = Date.parse(`${formatOf(timeZone).format(hour).replace(' ', 'T')}Z`) - hour;
    offsets.set(key, offset);
    return offset;
  }

  const local = (timeZone: string, at: number): number => at + offsetOf(timeZone, at);
  const hourOf = (timeZone: string, at: number): number => (local(timeZone, at) % dayMs) / hourMs;

  const hours: WorkingHours = {
    isWithin(timeZone, at, { from, until }) {
      const hour = hourOf(timeZone, at);
      return hour >= from && hour <= until;
    },
    isWorkday(timeZone, at) {
      const weekday = new Date(local(timeZone, at)).getUTCDay();
      return weekday !== 0 && weekday !== 6;
    },
    next(timeZone, at, wanted) {
      if (hours.isWorkday(timeZone, at) && hours.isWithin(timeZone, at, wanted)) return at;
      const today = hours.hourOfDay(timeZone, at, wanted.from);
      let begins = today > at ? today : hours.hourOfDay(timeZone, today + dayMs, wanted.from);
      while (!hours.isWorkday(timeZone, begins)) begins += dayMs;
      return begins;
    },
    hourOfDay(timeZone, at, hour) {
      const midnight = Math.floor(local(timeZone, at) / dayMs) * dayMs;
      const guess = midnight + hour * hourMs - offsetOf(timeZone, at);
      return midnight + hour * hourMs - offsetOf(timeZone, guess);
    },
  };
  return hours;
}
