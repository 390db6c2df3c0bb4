import { useComputed } from '@preact/signals';
import { AlarmClock, BellPlus, CircleCheck, Trash2 } from 'lucide';
import type { Message, Reminder } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { RefusedNote, RowSkeletons } from '../app/list-states.tsx';
import { usePages } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { momentWords } from './moment-words.ts';
import { ReminderFrame, type ReminderCardProps } from './reminder-frame.tsx';
import { completeReminder, deleteReminder, remindersInOrder, snooze } from './reminders.ts';
import { SnoozeMenu } from './snooze-menu.tsx';

/** What one wants to be reminded of: due ones on top, then by time. */
export function ReminderList() {
  const { client, live } = useApp();
  const words = useWords().lists.reminders;
  const list = useComputed(() => {
    live.follow('reminders');
    return remindersInOrder(client.state.reminders.values());
  }).value;
  const question = list.flatMap(({ messageId }) => messageId ?? []).join();
  const pages = usePages<Message>(question, async () => {
    const { messages } = await client.call('reminder.list', {});
    return { items: messages, next: null };
  });
  if (list.length === 0) {
    return (
      <EmptyState icon={BellPlus} title={words.none}>
        {words.noneNote}
      </EmptyState>
    );
  }
  if (pages.isLoading) return <RowSkeletons count={3} />;
  if (pages.refused && pages.items.length === 0) {
    return <RefusedNote refused={pages.refused} onRetry={pages.retry} />;
  }
  const messages = new Map(pages.items.map((message) => [message.id, message]));
  return (
    <ul class="card-list" aria-label={words.title}>
      {list.map((reminder) => (
        <li key={reminder.id}>
          <ReminderCard reminder={reminder} message={messages.get(reminder.messageId ?? '')} />
        </li>
      ))}
    </ul>
  );
}

function ReminderCard({ reminder, message }: ReminderCardProps) {
  const app = useApp();
  const words = useWords().lists.reminders;
  return (
    <ReminderFrame
      reminder={reminder}
      message={message}
      when={<Due reminder={reminder} />}
      actions={
        <>
          <IconButton
            size="s"
            label={words.complete}
            icon={CircleCheck}
            onClick={() => void completeReminder(app, reminder)}
          />
          <SnoozeMenu
            label={reminder.dueAt === null ? words.change : words.snooze}
            present={reminder.remindAt}
            onTime={(at) => snooze(app, reminder, at)}
          />
          <IconButton
            size="s"
            label={words.delete}
            icon={Trash2}
            onClick={() => void deleteReminder(app, reminder)}
          />
        </>
      }
    />
  );
}

function Due({ reminder: { dueAt, remindAt } }: { reminder: Reminder }) {
  const { time } = useApp();
  const words = useWords().lists.reminders;
  const isDue = dueAt !== null;
  return (
    <p class="reminder__when" data-due={isDue}>
      <Icon of={AlarmClock} size={14} />
      <time dateTime={new Date(remindAt).toISOString()} data-tooltip={time.value.full(remindAt)}>
        {isDue ? words.dueSince(time.value.relative(remindAt)) : momentWords(time.value, remindAt)}
      </time>
    </p>
  );
}
