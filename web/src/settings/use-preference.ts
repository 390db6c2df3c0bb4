import { useState } from 'preact/hooks';
import type { Preferences } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { changePreferences } from './preferences.ts';

type Kept = Omit<Preferences, 'doNotDisturbUntil'>;

/** One of a person's preferences, and what sets it: shown at once, and until the server has said the same. */
export function usePreference<Name extends keyof Kept>(
  name: Name,
  fallback: Kept[Name],
): readonly [Kept[Name], (value: Kept[Name]) => void] {
  const app = useApp();
  app.live.follow('preferences');
  const [chosen, setChosen] = useState<{ value: Kept[Name] } | null>(null);
  const kept = app.client.state.preferences?.[name] ?? fallback;
  const set = async (value: Kept[Name]): Promise<void> => {
    const mine = { value };
    setChosen(mine);
    const changed: Partial<Kept> = {};
    changed[name] = value;
    await changePreferences(app, changed);
    setChosen((present) => (present === mine ? null : present));
  };
  return [chosen ? chosen.value : kept, (value) => void set(value)];
}
