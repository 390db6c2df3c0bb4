import type { ComponentChildren } from 'preact';
import { useComputed } from '@preact/signals';
import { AlarmClock, BellPlus, CircleCheck, Trash2 } from 'lucide';
import type { Message, Reminder } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { useApp } from '../app/app-context.ts';
import { RefusedNote, RowSkeletons } from '../app/list-states.tsx';
import { usePages } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { MessageCard } from '../messages/message-card.tsx';
import { now } from '../platform/index.ts';
import { IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { MenuButton, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { laterText } from './later-text.ts';
import { reminderTimes } from './later-times.ts';
import { momentWords } from './moment-words.ts';
import { openChooseTime } from './open-choose-time.tsx';
import { completeReminder, deleteReminder, remindersInOrder, snooze } from './reminders.ts';
import './reminder-list.css';

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

function ReminderCard({ reminder, message }: { reminder: Reminder; message: Message | undefined }) {
  const words = useWords().lists.reminders;
  const actions = <ReminderActions reminder={reminder} />;
  const above = <ReminderHead reminder={reminder} />;
  if (message) return <MessageCard message={message} withRoom above={above} actions={actions} />;
  return (
    <BareCard above={above} actions={actions}>
      {reminder.messageId === null ? null : <p class="reminder__unknown">{words.unknown}</p>}
    </BareCard>
  );
}

/** A note without a message, or with one that is out of sight. */
function BareCard(props: {
  above: ComponentChildren;
  actions: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <article class="message-card reminder--bare">
      {props.above}
      {props.children}
      <div class="message-card__actions">{props.actions}</div>
    </article>
  );
}

function ReminderHead({ reminder }: { reminder: Reminder }) {
  const { time } = useApp();
  const words = useWords().lists.reminders;
  const { dueAt, remindAt, note } = reminder;
  const isDue = dueAt !== null;
  return (
    <>
      <p class="reminder__when" data-due={isDue}>
        <Icon of={AlarmClock} size={14} />
        <time dateTime={new Date(remindAt).toISOString()} data-tooltip={time.value.full(remindAt)}>
          {isDue ? words.dueSince(time.value.relative(remindAt)) : momentWords(time.value, remindAt)}
        </time>
      </p>
      {note !== '' && (
        <p class="reminder__note" dir="auto">
          {note}
        </p>
      )}
    </>
  );
}

function ReminderActions({ reminder }: { reminder: Reminder }) {
  const app = useApp();
  const words = useWords();
  const said = words.lists.reminders;
  const label = reminder.dueAt === null ? said.change : said.snooze;
  const choose = (): void =>
    openChooseTime(app, {
      title: label,
      confirmLabel: words.messages.remind.submit,
      daysMax: limits.reminderDaysMax,
      present: reminder.remindAt,
      onChoose: (at) => snooze(app, reminder, at),
    });
  return (
    <>
      <IconButton
        size="s"
        label={said.complete}
        icon={CircleCheck}
        onClick={() => void completeReminder(app, reminder)}
      />
      <MenuButton
        label={label}
        placement="bottom-end"
        trigger={(trigger) => <IconButton {...trigger} size="s" label={label} icon={AlarmClock} />}
      >
        {reminderTimes(now()).map((one) => (
          <MenuItem key={one.name} onSelect={() => void snooze(app, reminder, one.at)}>
            {laterText(words, app.time.value, one)}
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={choose}>{words.messages.later.choose}</MenuItem>
      </MenuButton>
      <IconButton
        size="s"
        label={said.delete}
        icon={Trash2}
        onClick={() => void deleteReminder(app, reminder)}
      />
    </>
  );
}
