/** How measured things are written in a language. */
export interface Measures {
  /** 128 MB */
  readonly bytes: (value: number) => string;
  /** 0.4 ms, 12 ms, 3.2 sec */
  readonly duration: (ms: number) => string;
  /** 0.3, 12 */
  readonly number: (value: number) => string;
}

const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** @param locale a BCP 47 tag */
export function createMeasures(locale: string): Measures {
  const format = (value: number, unit?: string): string =>
    new Intl.NumberFormat(locale, {
      maximumFractionDigits: value < 10 && value !== 0 ? 1 : 0,
      ...(unit === undefined ? {} : { style: 'unit', unit, unitDisplay: 'short' }),
    }).format(value);
  return {
    bytes(value) {
      const power = value < 1 ? 0 : Math.min(sizes.length - 1, Math.floor(Math.log10(value) / 3));
      return format(value / 1_000 ** power, sizes[power]);
    },
    duration(ms) {
      if (ms < 1_000) return format(ms, 'millisecond');
      return ms < 120_000 ? format(ms / 1_000, 'second') : format(ms / 60_000, 'minute');
    },
    number: (value) => format(value),
  };
}
