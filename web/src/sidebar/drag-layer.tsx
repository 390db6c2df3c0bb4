import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useApp, type App } from '../app/app-context.ts';
import { titleOf } from '../rooms/room-title.ts';
import { putRoom, putSection, sectionTitle } from './arrange.ts';
import { dropTarget, type Dragged } from './drop-target.ts';
import { followRowDrag, type DragPicture } from './row-drag.ts';
import { homeOf, rowKey } from './sidebar-rows.ts';
import './drag-layer.css';

type Shown = { picture: DragPicture; name: string };

/** Lets rooms and sections be dragged within `list`, and draws what is on its way and where it would go. */
export function DragLayer({ list }: { list: RefObject<HTMLElement | null> }) {
  const app = useApp();
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => {
    if (list.current === null) return undefined;
    const { sidebar, ui, words } = app;
    return followRowDrag({
      list: list.current,
      pick: (key) => draggedOf(app, key),
      find: (dragged, over) =>
        dropTarget(dragged, over, {
          rows: sidebar.rows.peek(),
          arrangement: sidebar.arrangement.sections.peek(),
        }),
      indexOf: (key) => sidebar.rows.peek().findIndex((row) => rowKey(row) === key),
      keyAt: (index) => {
        const row = sidebar.rows.peek()[index];
        return row && rowKey(row);
      },
      show: (picture, dragged) =>
        setShown(picture && dragged ? { picture, name: nameOf(app, dragged) } : null),
      drop: (dragged, target) => {
        if (dragged.kind === 'section' && target.kind === 'section')
          putSection(app, dragged.section, target.before);
        if (dragged.kind === 'room' && target.kind === 'room') putRoom(app, dragged.roomId, target);
      },
      gaveUp: () => ui.announcer.say(words.peek().sidebar.arrange.cancelled),
    });
  }, []);
  if (shown === null) return null;
  const { x, y, mark, byTouch } = shown.picture;
  return (
    <div class="drag-layer" data-refused={mark === null} data-touch={byTouch} aria-hidden="true">
      {mark && (
        <div
          class={mark.height === 0 ? 'drag-layer__line' : 'drag-layer__frame'}
          style={{ top: `${mark.top}px`, blockSize: `${mark.height}px` }}
        />
      )}
      <div class="drag-layer__ghost" style={{ left: `${x}px`, top: `${y}px` }}>
        {shown.name}
      </div>
    </div>
  );
}

function draggedOf({ client, sidebar }: App, key: string): Dragged | null {
  const row = sidebar.rows.peek().find((one) => rowKey(one) === key);
  if (row?.kind === 'section') return { kind: 'section', section: row.section };
  const room = row?.kind === 'room' ? client.state.rooms.get(row.roomId)?.room : undefined;
  return row && room ? { kind: 'room', roomId: room.id, section: row.section, home: homeOf(room) } : null;
}

function nameOf(app: App, dragged: Dragged): string {
  if (dragged.kind === 'room') {
    const room = app.client.state.rooms.get(dragged.roomId)?.room;
    return room ? titleOf(app.client.state, room) : '';
  }
  const section = app.sidebar.section(dragged.section);
  return section ? sectionTitle(app, section) : '';
}
