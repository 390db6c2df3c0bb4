import { useComputed } from '@preact/signals';
import { CircleCheck, Trash2 } from 'lucide';
import { useApp, type App } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import { usePages, type Paged } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { ReminderFrame, type ReminderCardProps } from './reminder-frame.tsx';
import { deleteReminder, snooze } from './reminders.ts';
import { SnoozeMenu } from './snooze-menu.tsx';

/** Reminders that are done, newest first. */
export function CompletedList() {
  const app = useApp();
  const words = useWords().lists.completed;
  const { client, live } = app;
  // What is completed, here or elsewhere, leaves the list of those that wait.
  const waiting = useComputed(() => {
    live.follow('reminders');
    return [...client.state.reminders.keys()].join();
  }).value;
  const pages = usePages<ReminderCardProps>(waiting, async () => {
    const { reminders, messages } = await client.call('reminder.list', { completed: true });
    const byId = new Map(messages.map((message) => [message.id, message]));
    const items = reminders.map((reminder) => ({ reminder, message: byId.get(reminder.messageId ?? '') }));
    return { items, next: null };
  });
  return (
    <>
      {pages.items.length > 0 && (
        <div class="saved-page__bar">
          <Button size="s" icon={Trash2} onClick={() => confirmClear(app, pages)}>
            {words.clear}
          </Button>
        </div>
      )}
      <ListOf
        pages={pages}
        label={words.title}
        class="card-list"
        render={(item) => (
          <li key={item.reminder.id}>
            <CompletedCard {...item} onDeleted={() => drop(pages, item.reminder.id)} />
          </li>
        )}
        empty={
          <EmptyState icon={CircleCheck} title={words.none}>
            {words.noneNote}
          </EmptyState>
        }
      />
    </>
  );
}

function drop(pages: Paged<ReminderCardProps>, id: string): void {
  pages.change((items) => items.filter(({ reminder }) => reminder.id !== id));
}

function confirmClear(app: App, pages: Paged<ReminderCardProps>): void {
  const words = app.words.value.lists.completed;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={words.clearTitle}
      confirmLabel={words.clearConfirm}
      danger
      onConfirm={async () => {
        if (await app.attempt(app.client.call('reminder.clear', {}))) pages.change(() => []);
      }}
      onClose={close}
    >
      {words.clearNote}
    </ConfirmDialog>
  ));
}

function CompletedCard({ reminder, message, onDeleted }: ReminderCardProps & { onDeleted: () => void }) {
  const app = useApp();
  const { time } = app;
  const words = useWords().lists;
  const at = reminder.completedAt ?? reminder.remindAt;
  return (
    <ReminderFrame
      reminder={reminder}
      message={message}
      when={
        <p class="reminder__when">
          <Icon of={CircleCheck} size={14} />
          <time dateTime={new Date(at).toISOString()} data-tooltip={time.value.full(at)}>
            {words.completed.when(time.value.relative(at))}
          </time>
        </p>
      }
      actions={
        <>
          <SnoozeMenu label={words.completed.again} onTime={(next) => snooze(app, reminder, next)} />
          <IconButton
            size="s"
            label={words.reminders.delete}
            icon={Trash2}
            onClick={() =>
              void deleteReminder(app, reminder).then((done) => {
                if (done) onDeleted();
              })
            }
          />
        </>
      }
    />
  );
}
