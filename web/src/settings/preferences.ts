import { effect } from '@preact/signals';
import type { Preferences } from '@confab/protocol';
import type { App } from '../app/app-context.ts';

/**
 * What a person prefers follows them from device to device: whenever the server's word comes or changes, this browser's
 * appearance does. Until the result is called.
 */
export function followPreferences({ client, live, appearance }: App): () => void {
  return effect(() => {
    live.follow('preferences');
    live.follow('ready');
    const { preferences } = client.state;
    if (preferences) apply(appearance, preferences);
  });
}

/** Shown at once, and kept by the server. What it refuses is shown no longer, and told. */
export async function changePreferences(
  app: App,
  changed: Partial<Omit<Preferences, 'doNotDisturbUntil'>>,
): Promise<void> {
  const { client, appearance, attempt } = app;
  apply(appearance, changed);
  const done = await attempt(client.call('user.setPreferences', { preferences: changed }));
  if (!done && client.state.preferences) apply(appearance, client.state.preferences);
}

function apply(
  appearance: App['appearance'],
  { theme, density }: Partial<Pick<Preferences, 'theme' | 'density'>>,
): void {
  if (theme !== undefined) appearance.theme.value = theme;
  if (density !== undefined) appearance.density.value = density;
}
