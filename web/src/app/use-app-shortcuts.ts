import { useWords, type Words } from '../language/index.ts';
import { searchHerePath } from '../search/search-path.ts';
import { openSwitcher } from '../switcher/open-switcher.tsx';
import { useShortcuts, type Shortcut } from '../ui/shortcuts.ts';
import { useApp, type App } from './app-context.ts';
import { focusRegion } from './regions.ts';
import { roomPath } from './routes.ts';
import { openShortcutList } from './shortcut-list.tsx';

/** The keys that work everywhere. */
export function useAppShortcuts(): void {
  const app = useApp();
  const words = useWords();
  useShortcuts(app.ui.shortcuts, [...going(app, words), ...reading(app, words)]);
}

const noDialog = (app: App) => (): boolean => app.dialogs.shown.peek().length === 0;

function going(app: App, { app: { shortcuts: words }, search, sidebar: { lists } }: Words): Shortcut[] {
  const { router, sidebar } = app;
  const when = noDialog(app);
  const neighbour = (step: 1 | -1, unread: boolean) => (): void => {
    const roomId = sidebar.neighbour(step, { unread });
    if (roomId !== null) router.go(roomPath(roomId));
  };
  const group = words.going;
  return [
    { keys: 'Mod+k', label: words.jump, group, when, run: () => openSwitcher(app) },
    {
      keys: 'Mod+f',
      label: search.here,
      group,
      when,
      run: () => router.go(searchHerePath(app)),
    },
    { keys: 'Mod+Shift+f', label: search.everywhere, group, when, run: () => router.go('/search') },
    { keys: 'Alt+ArrowUp', label: words.roomAbove, group, when, run: neighbour(-1, false) },
    { keys: 'Alt+ArrowDown', label: words.roomBelow, group, when, run: neighbour(1, false) },
    { keys: 'Alt+Shift+ArrowUp', label: words.unreadAbove, group, when, run: neighbour(-1, true) },
    { keys: 'Alt+Shift+ArrowDown', label: words.unreadBelow, group, when, run: neighbour(1, true) },
    { keys: 'Mod+Shift+m', label: lists.mentions, group, when, run: () => router.go('/mentions') },
    { keys: 'Mod+Shift+t', label: lists.threads, group, when, run: () => router.go('/threads') },
    { keys: 'F6', label: words.nextPart, group, when, run: () => focusRegion(1) },
    { keys: 'Shift+F6', label: words.partBefore, group, when, run: () => focusRegion(-1) },
    { keys: 'Mod+/', label: words.thisList, group, when, run: () => openShortcutList(app) },
  ];
}

function reading(app: App, { app: { shortcuts: words, allRead } }: Words): Shortcut[] {
  const { client, router, attempt, ui } = app;
  const group = words.reading;
  return [
    {
      keys: 'Escape',
      label: words.close,
      group,
      when: noDialog(app),
      run: () => {
        const route = router.route.peek();
        if (router.pane.peek()) router.closePane();
        else if (route.name === 'room') client.markRead(route.roomId);
      },
    },
    {
      keys: 'Shift+Escape',
      label: words.readAll,
      group,
      when: noDialog(app),
      run: () => {
        void attempt(client.markAllRead()).then((done) => {
          if (done) ui.toasts.show({ text: allRead });
        });
      },
    },
  ];
}
