import { useComputed } from '@preact/signals';
import { AtSign } from 'lucide';
import type { Message } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import { MainFrame } from '../app/main-frame.tsx';
import { usePages } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { MessageCard } from '../messages/message-card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

/** Messages that mention oneself, newest first. */
export function MentionsPage() {
  const words = useWords().lists.mentions;
  const { client, live } = useApp();
  const mentions = useComputed(() => {
    live.follow('rooms');
    let count = 0;
    for (const { counters } of client.state.rooms.values()) count += counters.mentions.length;
    return count;
  }).value;
  const pages = usePages<Message>(String(mentions), async (cursor) => {
    const page = await client.call('mention.list', cursor === null ? {} : { cursor });
    return { items: page.messages, next: page.next };
  });
  return (
    <MainFrame title={words.title}>
      <div class="main-frame__scroll">
        <ListOf
          pages={pages}
          label={words.title}
          class="card-list"
          render={(message) => (
            <li key={message.id}>
              <MessageCard message={message} withRoom />
            </li>
          )}
          empty={
            <EmptyState icon={AtSign} title={words.none}>
              {words.noneNote}
            </EmptyState>
          }
        />
      </div>
    </MainFrame>
  );
}
