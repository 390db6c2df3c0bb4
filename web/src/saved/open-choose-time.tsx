import type { App } from '../app/app-context.ts';
import { lazy } from '../app/lazy.tsx';
import type { ChooseTimeProps } from './choose-time.tsx';

const LazyChooseTime = lazy<ChooseTimeProps>(async () => (await import('./choose-time.tsx')).ChooseTime);

/** Asks for a date and a time in a dialog. */
export function openChooseTime(app: App, props: Omit<ChooseTimeProps, 'onClose'>): void {
  app.dialogs.show((close) => <LazyChooseTime {...props} onClose={close} />);
}
