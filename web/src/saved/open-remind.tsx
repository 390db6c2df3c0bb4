import type { Message } from '@confab/protocol';
import type { App } from '../app/app-context.ts';
import { lazy } from '../app/lazy.tsx';
import type { RemindDialogProps } from './remind-dialog.tsx';

const LazyRemindDialog = lazy<RemindDialogProps>(
  async () => (await import('./remind-dialog.tsx')).RemindDialog,
);

/** Asks when one wants to be reminded of a message. */
export function openRemind(app: App, message: Message): void {
  app.dialogs.show((close) => <LazyRemindDialog message={message} onClose={close} />);
}
