import { useRef } from 'preact/hooks';
import { Plus, Search } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { useRovingFocus } from '../ui/roving-focus.ts';
import { VirtualList } from '../ui/virtual-list.tsx';
import { openNewDirect } from '../rooms/new-direct.tsx';
import { openSwitcher } from '../switcher/open-switcher.tsx';
import { ListLinks } from './list-links.tsx';
import { OwnRow } from './own-row.tsx';
import { RoomRow } from './room-row.tsx';
import { rowKey, type SectionName, type SidebarRow } from './sidebar-rows.ts';
import { WorkspaceMenu } from './workspace-menu.tsx';
import './sidebar.css';

/** Everything one can go to. */
export function Sidebar() {
  const app = useApp();
  const { sidebar, ui, appearance } = app;
  const words = useWords().sidebar;
  const list = useRef<HTMLDivElement>(null);
  useRovingFocus(list, { items: '.side-row, .side-section__fold', axis: 'block', loop: false });
  const height = ui.device.phone.value ? 44 : appearance.density.value === 'compact' ? 28 : 32;
  return (
    <nav class="sidebar" data-region="sidebar" aria-label={words.label}>
      <div class="sidebar__head">
        <WorkspaceMenu />
        <IconButton label={words.newMessage} icon={Plus} onClick={() => openNewDirect(app)} />
      </div>
      <button type="button" class="sidebar__search" onClick={() => openSwitcher(app)}>
        <Icon of={Search} />
        <span>{words.jump}</span>
        <Keys keys="Mod+K" />
      </button>
      <div class="sidebar__list" ref={list}>
        <VirtualList
          class="sidebar__scroll"
          label={words.label}
          items={sidebar.rows.value}
          keyOf={rowKey}
          heightOf={(row) => (row.kind === 'section' ? 40 : height)}
          render={(row) => <Row row={row} />}
          before={<ListLinks />}
        />
      </div>
      <OwnRow />
    </nav>
  );
}

function Row({ row }: { row: SidebarRow }) {
  switch (row.kind) {
    case 'room':
      return <RoomRow roomId={row.roomId} />;
    case 'section':
      return <SectionRow section={row.section} isFolded={row.isFolded} />;
    case 'hint':
      return <HintRow section={row.section} />;
  }
}

function SectionRow({ section, isFolded }: { section: SectionName; isFolded: boolean }) {
  const app = useApp();
  const words = useWords().sidebar;
  return (
    <div class="side-section">
      <button
        type="button"
        class="side-section__fold"
        aria-expanded={!isFolded}
        onClick={() => app.sidebar.toggleFold(section)}
      >
        {words.sections[section]}
        <svg viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
          <path d="M2 3.500 5 6.500 8 3.500" />
        </svg>
      </button>
      {section === 'rooms' && (
        <IconButton
          size="s"
          iconSize={16}
          label={words.addRooms}
          icon={Plus}
          onClick={() => app.router.go('/browse')}
        />
      )}
      {section === 'direct' && (
        <IconButton
          size="s"
          iconSize={16}
          label={words.newDirect}
          icon={Plus}
          onClick={() => openNewDirect(app)}
        />
      )}
    </div>
  );
}

function HintRow({ section }: { section: SectionName }) {
  const app = useApp();
  const words = useWords().sidebar;
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
