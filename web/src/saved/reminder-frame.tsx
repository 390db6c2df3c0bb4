import type { ComponentChildren } from 'preact';
import type { Message, Reminder } from '@confab/protocol';
import { useWords } from '../language/index.ts';
import { MessageCard } from '../messages/message-card.tsx';
import './reminder-list.css';

export type ReminderCardProps = { reminder: Reminder; message: Message | undefined };

type ReminderFrameProps = ReminderCardProps & {
  /** the line above */
  when: ComponentChildren;
  actions: ComponentChildren;
};

/** A reminder as a card: of its message; bare where it has none, or one that is out of sight. */
export function ReminderFrame({ reminder, message, when, actions }: ReminderFrameProps) {
  const words = useWords().lists.reminders;
  const above = (
    <>
      {when}
      {reminder.note !== '' && (
        <p class="reminder__note" dir="auto">
          {reminder.note}
        </p>
      )}
    </>
  );
  if (message) return <MessageCard message={message} withRoom above={above} actions={actions} />;
  return (
    <article class="message-card reminder--bare">
      {above}
      {reminder.messageId !== null && <p class="reminder__unknown">{words.unknown}</p>}
      <div class="message-card__actions">{actions}</div>
    </article>
  );
}
