import { useId, useState } from 'preact/hooks';
import type { Preferences } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { createTimeFormat, now, type Theme } from '../platform/index.ts';
import { RadioGroup } from '../ui/choice.tsx';
import { Select } from '../ui/field.tsx';
import { Panel } from './panel.tsx';
import { changePreferences } from './preferences.ts';
import './appearance-section.css';

export function AppearanceSection() {
  const app = useApp();
  const { appearance } = app;
  return (
    <>
      <Panel title="Theme" note="What you choose here follows you to your other devices.">
        <ThemeChoice
          value={appearance.theme.value}
          onValue={(theme) => void changePreferences(app, { theme })}
        />
      </Panel>
      <Panel title="Messages">
        <div class="panel__form">
          <RadioGroup
            label="Density"
            value={appearance.density.value}
            onValue={(density) => void changePreferences(app, { density })}
            options={densities}
          />
          <ClockChoice />
        </div>
      </Panel>
      <Panel title="Language">
        <div class="panel__form">
          <Select
            label="Language"
            hideLabel
            hint="English is the only one so far."
            value="en"
            options={[{ value: 'en', label: 'English' }]}
            onValue={(language) => void changePreferences(app, { language })}
          />
        </div>
      </Panel>
    </>
  );
}

const densities = [
  { value: 'comfortable', label: 'Comfortable', hint: 'Room to breathe between messages.' },
  { value: 'compact', label: 'Compact', hint: 'Smaller text and more messages on one screen.' },
] as const;

const themes: readonly { value: Theme; label: string; shows: readonly ('light' | 'dark')[] }[] = [
  { value: 'system', label: 'System', shows: ['light', 'dark'] },
  { value: 'light', label: 'Light', shows: ['light'] },
  { value: 'dark', label: 'Dark', shows: ['dark'] },
];

function ThemeChoice({ value, onValue }: { value: Theme; onValue: (theme: Theme) => void }) {
  const name = useId();
  return (
    <fieldset class="themes">
      <legend class="visually-hidden">Theme</legend>
      {themes.map((theme) => (
        <label key={theme.value} class="themes__choice">
          <span class="themes__picture" aria-hidden="true">
            {theme.shows.map((scheme) => (
              <ThemePicture key={scheme} scheme={scheme} />
            ))}
          </span>
          <span class="themes__words">
            <span class="ui-check ui-check--radio">
              <input
                type="radio"
                name={name}
                checked={theme.value === value}
                onChange={() => onValue(theme.value)}
              />
            </span>
            {theme.label}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The page in small, in the colours of one theme. */
function ThemePicture({ scheme }: { scheme: 'light' | 'dark' }) {
  return (
    <span class="themes__page" data-scheme={scheme}>
      <span class="themes__side">
        <i />
        <i />
        <i />
      </span>
      <span class="themes__main">
        <i />
        <i />
        <i />
      </span>
    </span>
  );
}

type Clock = Preferences['timeFormat'];

function ClockChoice() {
  const app = useApp();
  app.live.follow('preferences');
  const kept = app.client.state.preferences?.timeFormat ?? 'locale';
  // Until the server has said the same.
  const [chosen, setChosen] = useState<Clock | null>(null);
  const choose = async (timeFormat: Clock): Promise<void> => {
    setChosen(timeFormat);
    await changePreferences(app, { timeFormat });
    setChosen(null);
  };
  return (
    <RadioGroup
      label="How times are written"
      value={chosen ?? kept}
      onValue={(timeFormat) => void choose(timeFormat)}
      options={[
        { value: 'locale', label: 'As usual here', hint: createTimeFormat({ now }).time(now()) },
        { value: '24', label: '24 hours', hint: '14:05' },
        { value: '12', label: '12 hours', hint: '2:05 pm' },
      ]}
    />
  );
}
