import {
  AtSign,
  Bookmark,
  CheckCheck,
  Compass,
  FolderPlus,
  Inbox,
  Keyboard,
  LogOut,
  MessageCircle,
  MessagesSquare,
  Moon,
  PencilLine,
  SmilePlus,
  SquarePlus,
  SunMoon,
} from 'lucide';
import type { App } from '../app/app-context.ts';
import { pages } from '../app/pages.ts';
import { openShortcutList } from '../app/shortcut-list.tsx';
import { openStatusDialog } from '../people/status-dialog.tsx';
import { openCreateRoom } from '../rooms/create-room.tsx';
import { openNewDirect } from '../rooms/new-direct.tsx';
import { confirmSignOut } from '../sessions/sign-out.tsx';
import { openSectionDialog } from '../sidebar/section-dialog.tsx';
import { changePreferences } from '../settings/preferences.ts';
import type { Command } from './switcher-items.ts';

/** What the palette offers after >. */
export function commandsOf(app: App): Command[] {
  const { router, client, attempt, ownPresence } = app;
  const words = app.words.value;
  const { sidebar } = words;
  const me = client.state.users.get(client.state.me?.userId ?? '');
  const go = (path: string) => (): void => router.go(path);
  const others = Object.entries(pages)
    .filter(([, page]) => me !== undefined && page.offeredTo(me.role, client.state.workspace))
    .map(([path, page]): Command => ({ name: page.title(words), icon: page.icon, run: go(`/${path}`) }));
  return [
    { name: sidebar.newMessage, icon: MessageCircle, run: () => openNewDirect(app) },
    { name: sidebar.workspace.create, icon: SquarePlus, run: () => openCreateRoom(app) },
    { name: sidebar.arrange.create, icon: FolderPlus, run: () => openSectionDialog(app) },
    { name: sidebar.workspace.browse, icon: Compass, run: go('/browse') },
    { name: sidebar.lists.unreads, icon: Inbox, run: go('/unreads') },
    { name: sidebar.lists.threads, icon: MessagesSquare, keys: 'Mod+Shift+T', run: go('/threads') },
    { name: sidebar.lists.mentions, icon: AtSign, keys: 'Mod+Shift+M', run: go('/mentions') },
    { name: sidebar.lists.drafts, icon: PencilLine, run: go('/drafts') },
    { name: sidebar.lists.saved, icon: Bookmark, run: go('/saved') },
    {
      name: words.app.shortcuts.readAll,
      icon: CheckCheck,
      keys: 'Shift+Escape',
      run: () => void attempt(client.markAllRead()),
    },
    { name: sidebar.own.setStatus, icon: SmilePlus, run: () => openStatusDialog(app) },
    {
      name: ownPresence.isAway.peek() ? sidebar.own.showOnline : sidebar.own.showAway,
      icon: Moon,
      run: () => ownPresence.setAway(!ownPresence.isAway.peek()),
    },
    {
      name: words.switcher.lightOrDark,
      icon: SunMoon,
      run: () => {
        const isDark = getComputedStyle(document.documentElement).colorScheme === 'dark';
        void changePreferences(app, { theme: isDark ? 'light' : 'dark' });
      },
    },
    { name: sidebar.workspace.shortcuts, icon: Keyboard, keys: 'Mod+/', run: () => openShortcutList(app) },
    ...others,
    { name: sidebar.signOut, icon: LogOut, run: () => confirmSignOut(app) },
  ];
}
