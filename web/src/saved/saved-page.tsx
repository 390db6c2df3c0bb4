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

/** Messages kept for later, newest first. */
export function SavedPage() {
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
    <MainFrame title={saved.title}>
      <div class="main-frame__scroll">
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
      </div>
    </MainFrame>
  );
}
