import { useId } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { languages, useWords } from '../language/index.ts';
import { createTimeFormat, now, type Theme } from '../platform/index.ts';
import { RadioGroup } from '../ui/choice.tsx';
import { Select } from '../ui/field.tsx';
import { Panel } from './panel.tsx';
import { changePreferences } from './preferences.ts';
import { usePreference } from './use-preference.ts';
import './appearance-section.css';

export function AppearanceSection() {
  const app = useApp();
  const { appearance } = app;
  const words = useWords().settings.appearance;
  return (
    <>
      <Panel title={words.theme} note={words.themeNote}>
        <ThemeChoice
          value={appearance.theme.value}
          onValue={(theme) => void changePreferences(app, { theme })}
        />
      </Panel>
      <Panel title={words.messages}>
        <div class="panel__form">
          <RadioGroup
            label={words.density}
            value={appearance.density.value}
            onValue={(density) => void changePreferences(app, { density })}
            options={[
              { value: 'comfortable', label: words.comfortable, hint: words.comfortableHint },
              { value: 'compact', label: words.compact, hint: words.compactHint },
            ]}
          />
          <ClockChoice />
        </div>
      </Panel>
      <Panel title={words.language} note={words.languageNote}>
        <div class="panel__form">
          <LanguageField />
        </div>
      </Panel>
    </>
  );
}

const themes: readonly { value: Theme; shows: readonly ('light' | 'dark')[] }[] = [
  { value: 'system', shows: ['light', 'dark'] },
  { value: 'light', shows: ['light'] },
  { value: 'dark', shows: ['dark'] },
];

function ThemeChoice({ value, onValue }: { value: Theme; onValue: (theme: Theme) => void }) {
  const name = useId();
  const words = useWords().settings.appearance;
  return (
    <fieldset class="themes">
      <legend class="visually-hidden">{words.theme}</legend>
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
            {words.themes[theme.value]}
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

function ClockChoice() {
  const app = useApp();
  const words = useWords().settings.appearance;
  const locale = app.ui.language.locale.value;
  const [timeFormat, setTimeFormat] = usePreference('timeFormat', 'locale');
  return (
    <RadioGroup
      label={words.clock}
      value={timeFormat}
      onValue={setTimeFormat}
      options={[
        { value: 'locale', label: words.clockLocale, hint: createTimeFormat({ locale, now }).time(now()) },
        { value: '24', label: words.clock24, hint: '14:05' },
        { value: '12', label: words.clock12, hint: twelve(locale) },
      ]}
    />
  );
}

/** 2:05 pm, as it is written in that language. */
function twelve(locale: string): string {
  const clock = new Intl.DateTimeFormat(locale, {
    hour: 'numeric',
    minute: '2-digit',
    hour12: true,
    timeZone: 'UTC',
  });
  return clock.format(Date.UTC(2026, 0, 1, 14, 5));
}

/** '' is the browser's own. */
function LanguageField() {
  const app = useApp();
  const words = useWords().settings.appearance;
  app.live.follow('preferences');
  const kept = app.client.state.preferences?.language ?? '';
  const known = languages.find(({ tag }) => tag === kept.split('-')[0]);
  return (
    <Select
      label={words.language}
      hideLabel
      value={known?.tag ?? ''}
      options={[
        { value: '', label: words.asBrowser },
        ...languages.map(({ tag, name }) => ({ value: tag, label: name })),
      ]}
      onValue={(language) => void changePreferences(app, { language })}
    />
  );
}
