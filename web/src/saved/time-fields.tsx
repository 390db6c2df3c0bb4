import { limits } from '@confab/protocol/limits';
import { useWords, type Words } from '../language/index.ts';
import { now } from '../platform/index.ts';
import { fieldsOf, momentOf } from './later-times.ts';
import './time-fields.css';

export interface ChosenTime {
  readonly date: string;
  readonly time: string;
}

const dayMs = 24 * 60 * 60_000;

/** The next full hour, tomorrow: what stands there before one chooses. */
export function firstChoice(at: number | null = null): ChosenTime {
  if (at !== null && at > now()) return fieldsOf(at);
  return { ...fieldsOf(now() + dayMs), time: '09:00' };
}

/** The moment, or what is wrong with it; `null` and no problem while something is missing. */
export function readChoice(
  chosen: ChosenTime,
  words: Words,
  daysMax: number = limits.scheduledDaysMax,
): { at: number | null; problem: string | null } {
  const at = momentOf(chosen);
  if (at === null) return { at, problem: null };
  if (at <= now()) return { at: null, problem: words.messages.later.past };
  if (at > now() + daysMax * dayMs) return { at: null, problem: words.messages.later.tooFar(daysMax) };
  return { at, problem: null };
}

type TimeFieldsProps = {
  value: ChosenTime;
  onValue: (value: ChosenTime) => void;
  problem: string | null;
};

/** A date and a time of day, in the browser's own fields. */
export function TimeFields({ value, onValue, problem }: TimeFieldsProps) {
  const words = useWords().messages.later;
  return (
    <div class="time-fields">
      <label>
        <span class="ui-field__label">{words.date}</span>
        <span class="ui-input">
          <input
            type="date"
            min={fieldsOf(now()).date}
            value={value.date}
            aria-invalid={problem !== null}
            onInput={(event) => onValue({ ...value, date: event.currentTarget.value })}
          />
        </span>
      </label>
      <label>
        <span class="ui-field__label">{words.time}</span>
        <span class="ui-input">
          <input
            type="time"
            value={value.time}
            aria-invalid={problem !== null}
            onInput={(event) => onValue({ ...value, time: event.currentTarget.value })}
          />
        </span>
      </label>
      {problem !== null && (
        <p class="ui-field__note" data-error="true" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
