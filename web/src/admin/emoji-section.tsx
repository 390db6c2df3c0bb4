import { useState } from 'preact/hooks';
import { Plus, Search, Smile, Trash2 } from 'lucide';
import type { CustomEmoji } from '@confab/protocol';
import { useApp, type App } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import type { Paged } from '../app/use-pages.ts';
import { pictureUrl } from '../emoji/emoji-state.ts';
import { useWords } from '../language/index.ts';
import { useMe, usePerson } from '../people/use-person.ts';
import { isAdministrator } from '../rooms/may.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextField } from '../ui/field.tsx';
import { openAddEmoji } from './add-emoji.tsx';
import './emoji-section.css';
import './people-section.css';

/** Drawn at once; the rest when one comes near the end. */
const pageSize = 60;

/** The workspace's own emoji. Everybody adds them; whoever did, and administrators, remove them. */
export function EmojiSection() {
  const app = useApp();
  const { emoji: words, sections } = useWords().admin;
  const [search, setSearch] = useState('');
  const { all, pages } = useEmoji(search.trim().toLowerCase().replaceAll(':', ''));
  const add = (
    <Button variant="primary" icon={Plus} onClick={() => openAddEmoji(app)}>
      {words.add}
    </Button>
  );
  if (all === 0) {
    return (
      <EmptyState icon={Smile} title={words.none} actions={add}>
        {words.noneNote}
      </EmptyState>
    );
  }
  return (
    <div class="admin-list">
      <div class="admin-list__head">
        <TextField
          label={words.search}
          hideLabel
          type="search"
          icon={Search}
          placeholder={words.searchHint}
          value={search}
          onText={setSearch}
        />
        {add}
      </div>
      <ListOf
        pages={pages}
        label={sections.emoji}
        class="emoji-grid"
        render={(emoji) => <EmojiCard key={emoji.name} emoji={emoji} />}
        empty={<EmptyState icon={Smile} title={words.noneFound(search.trim())} />}
      />
    </div>
  );
}

/** All of them are known here; they are only drawn in pages. */
function useEmoji(search: string): { all: number; pages: Paged<CustomEmoji> } {
  const { client, live } = useApp();
  live.follow('emoji');
  const [drawn, setDrawn] = useState(pageSize);
  const all = [...client.state.emoji.values()];
  const found = all.filter(({ name }) => name.includes(search)).sort((a, b) => a.name.localeCompare(b.name));
  const nothing = (): void => undefined;
  return {
    all: all.length,
    pages: {
      items: found.slice(0, drawn),
      isLoading: client.state.positions === null,
      hasMore: drawn < found.length,
      refused: null,
      more: () => setDrawn(drawn + pageSize),
      retry: nothing,
      reload: nothing,
      change: nothing,
    },
  };
}

function EmojiCard({ emoji }: { emoji: CustomEmoji }) {
  const app = useApp();
  const words = useWords().admin.emoji;
  const me = useMe();
  const adder = usePerson(emoji.addedBy);
  const isMine = emoji.addedBy === me?.id;
  return (
    <li class="emoji-card">
      <img src={pictureUrl(emoji.picture)} alt="" width={32} height={32} loading="lazy" />
      <span class="rows__words">
        <span class="emoji-card__name">:{emoji.name}:</span>
        <span class="rows__note">{isMine ? words.byYou : words.by(adder?.name ?? '…')}</span>
      </span>
      {(isMine || isAdministrator(me?.role)) && (
        <IconButton
          label={words.remove(emoji.name)}
          icon={Trash2}
          variant="danger-quiet"
          onClick={() => askRemove(app, emoji)}
        />
      )}
    </li>
  );
}

function askRemove(app: App, { name }: CustomEmoji): void {
  const { client, attempt, dialogs } = app;
  const words = app.words.value.admin.emoji;
  dialogs.show((close) => (
    <ConfirmDialog
      title={words.removeTitle(name)}
      confirmLabel={words.removeEmoji}
      danger
      onConfirm={async () => void (await attempt(client.call('emoji.remove', { name })))}
      onClose={close}
    >
      {words.removeNote}
    </ConfirmDialog>
  ));
}
