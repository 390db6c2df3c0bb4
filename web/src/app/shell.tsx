import { useEffect, useState } from 'preact/hooks';
import { useApp } from './app-context.ts';
import { useWords } from '../language/index.ts';
import { isNumber } from '../platform/index.ts';
import { useReminderNotices } from '../saved/use-due-reminders.ts';
import { Sidebar } from '../sidebar/sidebar.tsx';
import { PaneResizer } from '../ui/pane-resizer.tsx';
import { MainColumn } from './main-column.tsx';
import { Mishap } from './mishap.tsx';
import { OfflineBar } from './offline-bar.tsx';
import { RightPane } from './right-pane.tsx';
import { pathOf } from './routes.ts';
import { useAppShortcuts } from './use-app-shortcuts.ts';
import { useFirstRoom } from './use-first-room.ts';
import './shell.css';

const sidebarWidth = { min: 200, usual: 264, max: 400 };
const paneWidth = { min: 320, usual: 400, max: 640 };

/** Everything for somebody who is in: sidebar, main column, and what stands beside it. On a phone one of them at a time. */
export function Shell() {
  const words = useWords().app;
  const { router, ui } = useApp();
  const [sidebar, setSidebar] = useWidth('width.sidebar', sidebarWidth.usual);
  const [pane, setPane] = useWidth('width.pane', paneWidth.usual);
  useAppShortcuts();
  useFirstRoom();
  useReminderNotices();
  const phone = ui.device.phone.value;
  const hasPane = router.pane.value !== null;
  const route = router.route.value;
  const isHome = route.name === 'home';
  return (
    <div class="shell" data-pane={hasPane} style={{ '--sidebar': `${sidebar}px`, '--pane': `${pane}px` }}>
      {(!phone || (isHome && !hasPane)) && <Sidebar />}
      {!phone && (
        <PaneResizer
          label={words.sidebarWidth}
          pane="before"
          width={sidebar}
          {...sidebarWidth}
          onWidth={setSidebar}
        />
      )}
      {(!phone || (!isHome && !hasPane)) && (
        <Mishap key={route.name === 'room' ? route.roomId : pathOf({ route, pane: null })}>
          <MainColumn />
        </Mishap>
      )}
      {hasPane && !phone && (
        <PaneResizer label={words.paneWidth} pane="after" width={pane} {...paneWidth} onWidth={setPane} />
      )}
      {hasPane && (
        <Mishap key={router.pane.value?.kind}>
          <RightPane />
        </Mishap>
      )}
      <OfflineBar />
    </div>
  );
}

function useWidth(name: string, usual: number): [number, (width: number) => void] {
  const { memory } = useApp();
  const [width, setWidth] = useState(() => memory.read(name, isNumber) ?? usual);
  useEffect(() => memory.write(name, width), [width]);
  return [width, setWidth];
}
