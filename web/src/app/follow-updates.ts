import { effect, untracked } from '@preact/signals';
import type { App } from './app-context.ts';

/** Tells once that a newer page lies ready, and stays until somebody says what to do. Until the result is called. */
export function followUpdates(app: App): () => void {
  return effect(() => {
    if (app.page.isOutdated.value) untracked(() => tell(app));
  });
}

function tell({ page, ui, words }: App): void {
  const { title, reload } = words.value.app.outdated;
  ui.toasts.show({ text: title, shownMs: 0, action: { label: reload, run: () => void page.update() } });
}
