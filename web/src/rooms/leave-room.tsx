import type { MyRoom } from '@confab/protocol';
import type { App } from '../app/app-context.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { leaveRoom } from './room-actions.ts';

/** Asks where coming back is not in one's own hands, or where one would leave a room without an owner. */
export function confirmLeave(app: App, room: MyRoom): void {
  const { kind, name } = room.room;
  if (kind === 'direct') {
    void leaveRoom(app, room);
    return;
  }
  const words = app.words.value.rooms.leave;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={words.title(name)}
      confirmLabel={words.confirm}
      danger
      onConfirm={() => leaveRoom(app, room)}
      onClose={close}
    >
      {kind === 'private' ? words.privateNote : words.note}
    </ConfirmDialog>
  ));
}
