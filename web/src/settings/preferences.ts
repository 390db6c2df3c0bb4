import { effect } from '@preact/signals';
import type { Preferences } from '@confab/protocol';
import type { App } from '../app/app-context.ts';
import { takeDoorLanguage } from '../sessions/door-language.ts';

/**
 * What a person prefers follows them from device to device: whenever the server's word comes or changes, this browser's
 * appearance does. A language chosen before coming in goes the other way. Until the result is called.
 */
export function followPreferences(app: App): () => void {
  const { client, live, appearance, memory, ui } = app;
  return effect(() => {
    live.follow('preferences');
    live.follow('ready');
    const { preferences } = client.state;
    if (!preferences) return;
    apply(appearance, preferences);
    const chosen = takeDoorLanguage(memory);
    if (chosen === null || chosen === preferences.language) void ui.language.choose(preferences.language);
    else void changePreferences(app, { language: chosen });
  });
}

/**
 * Shown at once, and kept by the server; resolves when `client.state` says so too. What is refused is shown no longer, and
 * told.
 */
export async function changePreferences(
  app: App,
  changed: Partial<Omit<Preferences, 'doNotDisturbUntil'>>,
): Promise<void> {
  const { client, appearance, attempt, ui } = app;
  apply(appearance, changed);
  if (changed.language !== undefined) void ui.language.choose(changed.language);
  const setting = client.call('user.setPreferences', { preferences: changed });
  const done = await attempt(setting.then(({ position }) => client.reached(position)));
  if (done || !client.state.preferences) return;
  apply(appearance, client.state.preferences);
  void ui.language.choose(client.state.preferences.language);
}

function apply(
  appearance: App['appearance'],
  { theme, density }: Partial<Pick<Preferences, 'theme' | 'density'>>,
): void {
  if (theme !== undefined) appearance.theme.value = theme;
  if (density !== undefined) appearance.density.value = density;
}
