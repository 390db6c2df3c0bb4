/** What can be done with reminders. Refusals are told in a toast. */
import type { Message, Reminder } from '@confab/protocol';
import { systemRandom } from '@confab/client';
import type { App } from '../app/app-context.ts';
import { messagePath } from '../messages/message-path.ts';
import { momentWords } from './moment-words.ts';

/** Due ones first, the longest due on top; then those that wait, the next on top. */
export function remindersInOrder(reminders: Iterable<Reminder>): Reminder[] {
  return [...reminders].sort(
    (a, b) =>
      Number(b.dueAt !== null) - Number(a.dueAt !== null) ||
      (a.dueAt ?? a.remindAt) - (b.dueAt ?? b.remindAt),
  );
}

export function countDue(reminders: Iterable<Reminder>): number {
  return [...reminders].filter(({ dueAt }) => dueAt !== null).length;
}

/** Answers whether it is set. */
export async function remindOf(
  app: App,
  message: Message,
  { at, note }: { at: number; note: string },
): Promise<boolean> {
  const { client, attempt, ui, words, time } = app;
  const done = await attempt(
    client.call('reminder.create', {
      clientId: systemRandom.id(),
      remindAt: at,
      messageId: message.id,
      note: note.trim(),
    }),
  );
  if (done) ui.toasts.show({ text: words.value.messages.remind.set(momentWords(time.value, at)) });
  return done;
}

/** Puts it off, or gives it another time. */
export async function snooze(app: App, { id }: Reminder, remindAt: number): Promise<boolean> {
  const { client, attempt, ui, words, time } = app;
  const done = await attempt(client.call('reminder.change', { reminderId: id, remindAt }));
  const text = words.value.lists.reminders.snoozed(momentWords(time.value, remindAt));
  if (done) ui.toasts.show({ text });
  return done;
}

export async function completeReminder({ client, attempt, ui, words }: App, { id }: Reminder): Promise<void> {
  const done = await attempt(client.call('reminder.complete', { reminderId: id }));
  if (done) ui.announcer.say(words.value.lists.reminders.completed);
}

/** Answers whether it is gone. */
export async function deleteReminder(app: App, { id }: Reminder): Promise<boolean> {
  const { client, attempt, ui, words } = app;
  const done = await attempt(client.call('reminder.delete', { reminderId: id }));
  if (done) ui.toasts.show({ text: words.value.lists.reminders.deleted });
  return done;
}

/** To the message; to the list where there is none. */
export async function openReminder({ client, attempt, router }: App, { messageId }: Reminder): Promise<void> {
  if (messageId === null) return router.go('/saved');
  await attempt(
    client.call('message.get', { messageId }).then(({ message }) => router.go(messagePath(message))),
  );
}
