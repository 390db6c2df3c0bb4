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
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={`Leave #${name}?`}
      confirmLabel="Leave room"
      danger
      onConfirm={() => leaveRoom(app, room)}
      onClose={close}
    >
      {kind === 'private'
        ? 'It is private: you can only come back when somebody in it invites you.'
        : 'You can join again whenever you like.'}
    </ConfirmDialog>
  ));
}
