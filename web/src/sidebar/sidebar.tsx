import { useRef } from 'preact/hooks';
import { ListFilter, Plus, Search } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { useRovingFocus } from '../ui/roving-focus.ts';
import { VirtualList } from '../ui/virtual-list.tsx';
import { openNewDirect } from '../rooms/new-direct.tsx';
import { openSwitcher } from '../switcher/open-switcher.tsx';
import { DragLayer } from './drag-layer.tsx';
import { ListLinks } from './list-links.tsx';
import { OwnRow } from './own-row.tsx';
import { RoomRow } from './room-row.tsx';
import { HintRow, SectionRow } from './section-row.tsx';
import { rowKey, type SidebarRow } from './sidebar-rows.ts';
import { useMoveKeys } from './use-move-keys.ts';
import { WorkspaceMenu } from './workspace-menu.tsx';
import './sidebar.css';

/** Everything one can go to. */
export function Sidebar() {
  const app = useApp();
  const { sidebar, ui, appearance } = app;
  const words = useWords().sidebar;
  const list = useRef<HTMLDivElement>(null);
  useRovingFocus(list, { items: '.side-row:not(p), .side-section__fold', axis: 'block', loop: false });
  useMoveKeys(list);
  const phone = ui.device.phone.value;
  const height = phone ? 44 : appearance.density.value === 'compact' ? 28 : 32;
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
          heightOf={(row) => (row.kind === 'section' ? (phone ? 48 : 40) : height)}
          render={(row) => <Row row={row} />}
          before={
            <>
              <ListLinks />
              <FilterNote />
            </>
          }
        />
        <DragLayer list={list} />
      </div>
      <OwnRow />
    </nav>
  );
}

/** Says why rooms are missing, and brings them back. */
function FilterNote() {
  const { sidebar } = useApp();
  const words = useWords().sidebar;
  if (!sidebar.unreadOnly.value) return null;
  return (
    <button type="button" class="side-row side-row--filter" onClick={sidebar.toggleUnreadOnly}>
      <span class="room-sign">
        <Icon of={ListFilter} size={17} />
      </span>
      <span class="side-row__name">{words.onlyUnread}</span>
      <span class="side-row__note">{words.showAll}</span>
    </button>
  );
}

function Row({ row }: { row: SidebarRow }) {
  switch (row.kind) {
    case 'room':
      return <RoomRow roomId={row.roomId} />;
    case 'section':
      return <SectionRow id={row.section} isFolded={row.isFolded} />;
    case 'hint':
      return <HintRow section={row.section} />;
  }
}
