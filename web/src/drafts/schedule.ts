/** What can be done with a message that is to be sent later. Refusals are told in a toast. */
import type { Input, ScheduledMessage } from '@confab/protocol';
import { errors } from '@confab/protocol/errors';
import { systemRandom } from '@confab/client';
import type { App } from '../app/app-context.ts';
import { refusalText, type Words } from '../language/index.ts';
import { momentWords } from '../saved/moment-words.ts';

export type LaterMessage = Omit<Input<'message.schedule'>, 'clientId' | 'sendAt'>;

/** Answers whether it will be sent. */
export async function scheduleMessage(app: App, message: LaterMessage, sendAt: number): Promise<boolean> {
  const { client, attempt, ui, words, time } = app;
  const input = { ...message, sendAt, clientId: systemRandom.id() };
  const done = await attempt(client.call('message.schedule', input));
  if (!done) return false;
  const said = words.value.composer.sendLater;
  ui.toasts.show({
    text: said.done(momentWords(time.value, sendAt)),
    tone: 'positive',
    action: { label: said.seeAll, run: () => showScheduled(app) },
  });
  return true;
}

export function showScheduled({ drafts, router }: App): void {
  drafts.tab.value = 'scheduled';
  router.go('/drafts');
}

/** Failed ones first, then by time. */
export function scheduledInOrder(scheduled: Iterable<ScheduledMessage>): ScheduledMessage[] {
  return [...scheduled].sort(
    (a, b) => Number(b.failure !== null) - Number(a.failure !== null) || a.sendAt - b.sendAt,
  );
}

/** Why it was not sent, in the reader's language. */
export function failureText(words: Words, code: string): string {
  const known = Object.hasOwn(errors, code) ? (code as keyof typeof errors) : 'internal';
  return refusalText(words, { code: known, message: errors[known].text });
}
