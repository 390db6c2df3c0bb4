import { useEffect } from 'preact/hooks';
import { useComputed } from '@preact/signals';
import type { Reminder } from '@confab/protocol';
import { Refused } from '@confab/client';
import { useApp, type App } from '../app/app-context.ts';
import { excerptOf } from '../messages/quote-view.tsx';
import { countDue, openReminder } from './reminders.ts';

/** Longer than other notices: somebody asked for it. */
const shownMs = 30_000;

/** How many reminders wait for somebody to do something: for a badge. */
export function useDueReminders(): number {
  const { client, live } = useApp();
  return useComputed(() => {
    live.follow('reminders');
    return countDue(client.state.reminders.values());
  }).value;
}

/** Tells of a reminder when its time comes. Once on the page. */
export function useReminderNotices(): void {
  const app = useApp();
  useEffect(
    () =>
      app.client.onEvent((event) => {
        if (event.name === 'reminder.due') void tell(app, event.data.reminder);
      }),
    [],
  );
}

async function tell(app: App, reminder: Reminder): Promise<void> {
  const { ui, words } = app;
  const said = words.value.messages.remind;
  const text = said.due(await whatOf(app, reminder));
  ui.toasts.show({
    text,
    shownMs,
    action: { label: said.open, run: () => void openReminder(app, reminder) },
  });
}

async function whatOf({ client, words }: App, { note, messageId }: Reminder): Promise<string> {
  if (note !== '' || messageId === null) return note;
  try {
    const { message } = await client.call('message.get', { messageId });
    return message.deletedAt === null ? excerptOf(message) : words.value.messages.deleted;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return words.value.lists.reminders.unknown;
  }
}
