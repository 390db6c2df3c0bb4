import { openSwitcher } from '../switcher/open-switcher.tsx';
import { useShortcuts, type Shortcut } from '../ui/shortcuts.ts';
import { useApp, type App } from './app-context.ts';
import { focusRegion } from './regions.ts';
import { roomPath } from './routes.ts';
import { openShortcutList } from './shortcut-list.tsx';

/** The keys that work everywhere. */
export function useAppShortcuts(): void {
  const app = useApp();
  useShortcuts(app.ui.shortcuts, [...going(app), ...reading(app)]);
}

const noDialog = (app: App) => (): boolean => app.dialogs.shown.peek().length === 0;

function going(app: App): Shortcut[] {
  const { router, sidebar } = app;
  const when = noDialog(app);
  const neighbour = (step: 1 | -1, unread: boolean) => (): void => {
    const roomId = sidebar.neighbour(step, { unread });
    if (roomId !== null) router.go(roomPath(roomId));
  };
  const group = 'Going places';
  return [
    { keys: 'Mod+k', label: 'Jump to a room or a person', group, when, run: () => openSwitcher(app) },
    { keys: 'Alt+ArrowUp', label: 'The room above', group, when, run: neighbour(-1, false) },
    { keys: 'Alt+ArrowDown', label: 'The room below', group, when, run: neighbour(1, false) },
    { keys: 'Alt+Shift+ArrowUp', label: 'The unread room above', group, when, run: neighbour(-1, true) },
    { keys: 'Alt+Shift+ArrowDown', label: 'The unread room below', group, when, run: neighbour(1, true) },
    { keys: 'Mod+Shift+m', label: 'Mentions', group, when, run: () => router.go('/mentions') },
    { keys: 'Mod+Shift+t', label: 'Threads', group, when, run: () => router.go('/threads') },
    { keys: 'F6', label: 'The next part of the page', group, when, run: () => focusRegion(1) },
    { keys: 'Shift+F6', label: 'The part before', group, when, run: () => focusRegion(-1) },
    { keys: 'Mod+/', label: 'This list', group, when, run: () => openShortcutList(app) },
  ];
}

function reading(app: App): Shortcut[] {
  const { client, router, attempt, ui } = app;
  const group = 'Reading';
  return [
    {
      keys: 'Escape',
      label: 'Close what is open beside; mark the room as read',
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
      label: 'Mark everything as read',
      group,
      when: noDialog(app),
      run: () => {
        void attempt(client.markAllRead()).then((done) => {
          if (done) ui.toasts.show({ text: 'Everything is marked as read' });
        });
      },
    },
  ];
}
