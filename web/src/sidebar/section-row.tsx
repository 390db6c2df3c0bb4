import { useState } from 'preact/hooks';
import { useComputed } from '@preact/signals';
import { EllipsisVertical, Plus } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { EmojiMark } from '../emoji/emoji-mark.tsx';
import { useWords } from '../language/index.ts';
import { openNewDirect } from '../rooms/new-direct.tsx';
import { IconButton } from '../ui/button.tsx';
import { anchorAt, type Anchor } from '../ui/popover.tsx';
import { sectionTitle, toggleFold } from './arrange.ts';
import { isBuiltIn } from './arrangement.ts';
import { SectionMenu } from './section-menu.tsx';

/** The head of a section: folds it; its menu sorts, moves and renames. */
export function SectionRow({ id, isFolded }: { id: string; isFolded: boolean }) {
  const app = useApp();
  const words = useWords().sidebar;
  const section = useComputed(() => app.sidebar.section(id)).value;
  const [menu, setMenu] = useState<Anchor | null>(null);
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  if (section === undefined) return null;
  const title = sectionTitle(app, section);
  return (
    <div class="side-section" data-menu={menu !== null}>
      <button
        type="button"
        class="side-section__fold"
        aria-expanded={!isFolded}
        onClick={() => toggleFold(app, { id, isFolded })}
        onContextMenu={(event) => {
          event.preventDefault();
          const isKey = event.clientX === 0 && event.clientY === 0;
          setMenu(isKey ? event.currentTarget : anchorAt(event));
        }}
      >
        {section.emoji !== null && <EmojiMark emoji={section.emoji} />}
        <span class="side-section__title">{title}</span>
        <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
          <path d="M2 3.500 5 6.500 8 3.500" />
        </svg>
      </button>
      <span class="side-section__actions">
        <IconButton
          ref={setButton}
          class="side-section__more"
          size="s"
          iconSize={16}
          label={words.arrange.more(title)}
          icon={EllipsisVertical}
          aria-haspopup="menu"
          aria-expanded={menu !== null}
          onClick={() => setMenu(menu === null ? button : null)}
        />
        <AddButton id={id} />
      </span>
      {menu && <SectionMenu section={section} anchor={menu} onClose={() => setMenu(null)} />}
    </div>
  );
}

function AddButton({ id }: { id: string }) {
  const app = useApp();
  const words = useWords().sidebar;
  if (id !== 'rooms' && id !== 'direct') return null;
  return (
    <IconButton
      size="s"
      iconSize={16}
      label={id === 'rooms' ? words.addRooms : words.newDirect}
      icon={Plus}
      onClick={() => (id === 'rooms' ? app.router.go('/browse') : openNewDirect(app))}
    />
  );
}

/** In the place of a section's rooms, when it has none. */
export function HintRow({ section }: { section: string }) {
  const app = useApp();
  const words = useWords().sidebar;
  if (!isBuiltIn(section)) return <p class="side-row side-row--hint">{words.arrange.empty}</p>;
  return section === 'rooms' ? (
    <a class="side-row side-row--hint" href="/browse">
      {words.findRoom}
    </a>
  ) : (
    <button type="button" class="side-row side-row--hint" onClick={() => openNewDirect(app)}>
      {words.writeToSomebody}
    </button>
  );
}
