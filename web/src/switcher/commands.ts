import {
  AtSign,
  Bookmark,
  CheckCheck,
  Compass,
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
import { changePreferences } from '../settings/preferences.ts';
import type { Command } from './switcher-items.ts';

/** What the palette offers after >. */
export function commandsOf(app: App): Command[] {
  const { router, client, attempt, ownPresence } = app;
  const me = client.state.users.get(client.state.me?.userId ?? '');
  const go = (path: string) => (): void => router.go(path);
  const others = Object.entries(pages)
    .filter(([, page]) => me !== undefined && page.offeredTo(me.role, client.state.workspace))
    .map(([path, page]): Command => ({ name: page.title, icon: page.icon, run: go(`/${path}`) }));
  return [
    { name: 'New message', icon: MessageCircle, run: () => openNewDirect(app) },
    { name: 'Create a room', icon: SquarePlus, run: () => openCreateRoom(app) },
    { name: 'Browse rooms', icon: Compass, run: go('/browse') },
    { name: 'Unreads', icon: Inbox, run: go('/unreads') },
    { name: 'Threads', icon: MessagesSquare, keys: 'Mod+Shift+T', run: go('/threads') },
    { name: 'Mentions', icon: AtSign, keys: 'Mod+Shift+M', run: go('/mentions') },
    { name: 'Drafts', icon: PencilLine, run: go('/drafts') },
    { name: 'Saved', icon: Bookmark, run: go('/saved') },
    {
      name: 'Mark everything as read',
      icon: CheckCheck,
      keys: 'Shift+Escape',
      run: () => void attempt(client.markAllRead()),
    },
    { name: 'Set a status', icon: SmilePlus, run: () => openStatusDialog(app) },
    {
      name: ownPresence.isAway.peek() ? 'Show yourself as online' : 'Show yourself as away',
      icon: Moon,
      run: () => ownPresence.setAway(!ownPresence.isAway.peek()),
    },
    {
      name: 'Light or dark',
      icon: SunMoon,
      run: () => {
        const isDark = getComputedStyle(document.documentElement).colorScheme === 'dark';
        void changePreferences(app, { theme: isDark ? 'light' : 'dark' });
      },
    },
    { name: 'Keyboard shortcuts', icon: Keyboard, keys: 'Mod+/', run: () => openShortcutList(app) },
    ...others,
    { name: 'Sign out', icon: LogOut, run: () => confirmSignOut(app) },
  ];
}
