import { ChevronDown, Compass, FolderPlus, Keyboard, ListFilter, LogOut, SquarePlus } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { pages } from '../app/pages.ts';
import { openShortcutList } from '../app/shortcut-list.tsx';
import { useWords } from '../language/index.ts';
import { useMe } from '../people/use-person.ts';
import { openCreateRoom } from '../rooms/create-room.tsx';
import { Icon } from '../ui/icon.tsx';
import { MenuButton, MenuChoice, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { confirmSignOut } from '../sessions/sign-out.tsx';
import { openSectionDialog } from './section-dialog.tsx';

export function WorkspaceMenu() {
  const app = useApp();
  const { client, live, router, sidebar } = app;
  const words = useWords();
  const { workspace: said, signOut } = words.sidebar;
  live.follow('workspace');
  const name = client.state.workspace?.name ?? '';
  const role = useMe()?.role ?? 'member';
  const offered = Object.entries(pages).filter(([, page]) => page.offeredTo(role, client.state.workspace));
  return (
    <MenuButton
      label={name}
      trigger={(trigger) => (
        <button type="button" class="sidebar__workspace" {...trigger}>
          <span>{name}</span>
          <Icon of={ChevronDown} size={15} />
        </button>
      )}
    >
      <MenuItem icon={Compass} onSelect={() => router.go('/browse')}>
        {said.browse}
      </MenuItem>
      <MenuItem icon={SquarePlus} onSelect={() => openCreateRoom(app)}>
        {said.create}
      </MenuItem>
      <MenuItem icon={FolderPlus} onSelect={() => openSectionDialog(app)}>
        {words.sidebar.arrange.create}
      </MenuItem>
      <MenuSeparator />
      {offered.map(([path, page]) => (
        <MenuItem key={path} icon={page.icon} onSelect={() => router.go(`/${path}`)}>
          {page.title(words)}
        </MenuItem>
      ))}
      {offered.length > 0 && <MenuSeparator />}
      <MenuChoice icon={ListFilter} checked={sidebar.unreadOnly.value} onSelect={sidebar.toggleUnreadOnly}>
        {said.unreadOnly}
      </MenuChoice>
      <MenuItem icon={Keyboard} keys="Mod+/" onSelect={() => openShortcutList(app)}>
        {said.shortcuts}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={LogOut} onSelect={() => confirmSignOut(app)}>
        {signOut}
      </MenuItem>
    </MenuButton>
  );
}
