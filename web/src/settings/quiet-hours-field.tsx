import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { Switch } from '../ui/choice.tsx';
import { TextField } from '../ui/field.tsx';
import {
  dayNames,
  endsNextDay,
  minutesOf,
  timeOf,
  usualQuietHours,
  weekOf,
  withDay,
  type QuietHours,
} from './quiet-hours.ts';
import { usePreference } from './use-preference.ts';
import './notifications-section.css';

/** Hours of the week at which one is not disturbed. */
export function QuietHoursField() {
  const words = useWords().settings.quietHours;
  const [hours, setHours] = usePreference('quietHours', null);
  return (
    <div class="panel__form">
      <Switch
        label={words.on}
        checked={hours !== null}
        onChecked={(on) => setHours(on ? usualQuietHours : null)}
      />
      {hours && <Hours hours={hours} onHours={setHours} />}
    </div>
  );
}

function Hours({ hours, onHours }: { hours: QuietHours; onHours: (hours: QuietHours) => void }) {
  const words = useWords().settings.quietHours;
  const set = (end: 'from' | 'to', time: string): void => {
    const minutes = minutesOf(time);
    if (minutes !== null) onHours({ ...hours, [end]: minutes });
  };
  return (
    <>
      <Days days={hours.days} onDays={(days) => onHours({ ...hours, days })} />
      <div class="quiet-hours__times">
        <TextField
          type="time"
          label={words.from}
          value={timeOf(hours.from)}
          onText={(time) => set('from', time)}
        />
        <TextField type="time" label={words.to} value={timeOf(hours.to)} onText={(time) => set('to', time)} />
      </div>
      <p class="ui-field__note">{endsNextDay(hours) ? words.nextDay : words.sameDay}</p>
    </>
  );
}

function Days({ days, onDays }: { days: readonly number[]; onDays: (days: number[]) => void }) {
  const locale = useApp().ui.language.locale.value;
  const words = useWords().settings.quietHours;
  return (
    <fieldset class="quiet-hours__days">
      <legend class="ui-field__label">{words.days}</legend>
      {weekOf(locale).map((day) => {
        const { short, long } = dayNames(locale, day);
        return (
          <label key={day} class="quiet-hours__day">
            <input
              type="checkbox"
              aria-label={long}
              checked={days.includes(day)}
              onChange={(event) => onDays(withDay(days, day, event.currentTarget.checked))}
            />
            <span aria-hidden="true">{short}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
