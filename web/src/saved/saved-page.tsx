import { useState } from 'preact/hooks';
import { Bookmark, BookmarkX } from 'lucide';
import type { Message } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import { MainFrame } from '../app/main-frame.tsx';
import { usePages } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { toggleSaved } from '../messages/message-actions.ts';
import { MessageCard } from '../messages/message-card.tsx';
import { IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { CompletedList } from './completed-list.tsx';
import { ReminderList } from './reminder-list.tsx';
import { useDueReminders } from './use-due-reminders.ts';
import './saved-page.css';

/** What one comes back to: saved messages, and what one wants to be reminded of. */
export function SavedPage() {
  const { client, live } = useApp();
  const words = useWords().lists;
  const due = useDueReminders();
  const [tab, setTab] = useState<'saved' | 'reminders' | 'completed'>(due > 0 ? 'reminders' : 'saved');
  live.follow('reminders');
  live.follow('saved');
  const tabs = [
    { id: 'saved' as const, label: words.saved.title, count: client.state.saved.size },
    { id: 'reminders' as const, label: words.reminders.title, count: client.state.reminders.size },
    { id: 'completed' as const, label: words.completed.title },
  ];
  return (
    <MainFrame title={words.saved.page}>
      <div class="main-frame__scroll">
        <div class="saved-page">
          <Tabs label={words.saved.page} tabs={tabs} value={tab} onValue={setTab}>
            {tab === 'saved' ? <SavedList /> : tab === 'reminders' ? <ReminderList /> : <CompletedList />}
          </Tabs>
        </div>
      </div>
    </MainFrame>
  );
}

/** Messages kept for later, newest first. */
function SavedList() {
  const app = useApp();
  const words = useWords();
  const { saved } = words.lists;
  const { client, live } = app;
  live.follow('saved');
  const pages = usePages<Message>('', async (cursor) => {
    const page = await client.call('saved.list', cursor === null ? {} : { cursor });
    return { items: page.saved.map(({ message }) => message), next: page.next };
  });
  const shown = pages.items.filter(({ id }) => client.state.saved.has(id));
  return (
    <ListOf
      pages={{ ...pages, items: shown }}
      label={saved.label}
      class="card-list"
      render={(message) => (
        <li key={message.id}>
          <MessageCard
            message={message}
            withRoom
            actions={
              <IconButton
                size="s"
                label={words.messages.menu.unsave}
                icon={BookmarkX}
                onClick={() => toggleSaved(app, message)}
              />
            }
          />
        </li>
      )}
      empty={
        <EmptyState icon={Bookmark} title={saved.none}>
          {saved.noneNote}
        </EmptyState>
      }
    />
  );
}
