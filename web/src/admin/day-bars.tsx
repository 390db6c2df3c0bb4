import { useMemo, useState } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { axisOf, barsOf, dateOf, type Day } from './day-scale.ts';
import './day-bars.css';

const width = 720;
const height = 168;

type DayBarsProps = {
  days: readonly Day[];
  /** what the chart is called */
  label: string;
  /** how many there were, in words */
  countWords: (count: number) => string;
};

/**
 * A bar for each day. The pointer and the arrow keys go from day to day; readers get a summary, and the day one is on as
 * the value of a slider.
 */
export function DayBars({ days, label, countWords }: DayBarsProps) {
  const { time, ui } = useApp();
  const { count } = time.value;
  const locale = ui.language.locale.value;
  const said = useWords().admin.statistics;
  const [at, setAt] = useState<number | null>(null);
  const max = axisOf(days);
  const bars = useMemo(() => barsOf(days, { width, height, max }), [days, max]);
  const dates = useMemo(() => new Intl.DateTimeFormat(locale, longDay), [locale]);
  const words = ({ day, value }: Day): string => said.ofDay(dates.format(dateOf(day)), countWords(value));
  const shown = at === null ? undefined : days[at];
  const last = days.length - 1;
  const move = (event: KeyboardEvent): void => {
    const to = targetOf(event.key, at ?? last, last);
    if (to === null) return;
    event.preventDefault();
    setAt(to);
  };
  const total = days.reduce((sum, { value }) => sum + value, 0);
  return (
    <figure class="day-bars">
      <figcaption class="day-bars__words">
        {shown ? words(shown) : total === 0 ? said.nothing : said.most(words(mostOf(days)))}
      </figcaption>
      <div
        class="day-bars__chart"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={at ?? last}
        aria-valuetext={words(days[at ?? last] ?? { day: '', value: 0 })}
        onKeyDown={move}
        onBlur={() => setAt(null)}
        onPointerDown={(event) => setAt(dayUnder(event, days.length))}
        onPointerMove={(event) => setAt(dayUnder(event, days.length))}
        onPointerLeave={({ pointerType }) => pointerType === 'mouse' && setAt(null)}
      >
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
          <line class="day-bars__line" x1={0} x2={width} y1={0.5} y2={0.5} />
          <line class="day-bars__line" x1={0} x2={width} y1={height / 2} y2={height / 2} />
          {bars.map((bar, index) => (
            <rect key={index} class="day-bars__bar" data-on={index === at} {...bar} />
          ))}
          <line class="day-bars__base" x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} />
        </svg>
        <span class="day-bars__max" aria-hidden="true">
          {count(max)}
        </span>
      </div>
      <Axis days={days} />
    </figure>
  );
}

function Axis({ days }: { days: readonly Day[] }) {
  const { today } = useWords().admin.statistics;
  const locale = useApp().ui.language.locale.value;
  const isLong = days.length > longSpanDays;
  const short = useMemo(() => new Intl.DateTimeFormat(locale, isLong ? month : shortDay), [isLong, locale]);
  const ends = [days[0], days[Math.floor(days.length / 2)], days.at(-1)];
  return (
    <div class="day-bars__axis" aria-hidden="true">
      {ends.map((one, index) => (
        <span key={index}>{one && (index === 2 ? today : short.format(dateOf(one.day)))}</span>
      ))}
    </div>
  );
}

const longSpanDays = 180;
const month: Intl.DateTimeFormatOptions = { timeZone: 'UTC', month: 'short', year: 'numeric' };
const longDay: Intl.DateTimeFormatOptions = {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
};
const shortDay: Intl.DateTimeFormatOptions = { timeZone: 'UTC', day: 'numeric', month: 'short' };

function mostOf(days: readonly Day[]): Day {
  return days.reduce((best, day) => (day.value > best.value ? day : best));
}

function dayUnder(event: PointerEvent & { currentTarget: HTMLElement }, days: number): number {
  const { left, width: wide } = event.currentTarget.getBoundingClientRect();
  const index = Math.floor(((event.clientX - left) / wide) * days);
  return Math.max(0, Math.min(days - 1, index));
}

function targetOf(key: string, at: number, last: number): number | null {
  if (key === 'ArrowLeft' || key === 'ArrowDown') return Math.max(0, at - 1);
  if (key === 'ArrowRight' || key === 'ArrowUp') return Math.min(last, at + 1);
  if (key === 'Home') return 0;
  return key === 'End' ? last : null;
}
