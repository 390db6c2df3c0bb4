import { useState } from 'preact/hooks';
import type { Room } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { joinRoom } from '../rooms/room-actions.ts';
import { Button } from '../ui/button.tsx';

/** In the composer's place, for a public room one only looks into. */
export function JoinBar({ room }: { room: Room }) {
  const app = useApp();
  const [busy, setBusy] = useState(false);
  const join = async (): Promise<void> => {
    setBusy(true);
    await joinRoom(app, room.id);
    setBusy(false);
  };
  if (room.archivedAt !== null) return <ArchivedNote room={room} mayRestore={false} />;
  return (
    <div class="room-bar">
      <span>
        You are looking into <strong>#{room.name}</strong>
      </span>
      <Button variant="primary" busy={busy} onClick={() => void join()}>
        Join
      </Button>
    </div>
  );
}

export function ArchivedNote({ room, mayRestore }: { room: Room; mayRestore: boolean }) {
  const { client, attempt } = useApp();
  const restore = (): void => void attempt(client.call('room.change', { roomId: room.id, archived: false }));
  return (
    <div class="room-bar">
      <span>This room is archived. It can be read, and nothing new can be written.</span>
      {mayRestore && <Button onClick={restore}>Bring it back</Button>}
    </div>
  );
}

export function OnlyModeratorsNote() {
  return (
    <div class="room-bar">
      <span>Only owners and moderators post here. You can react, and reply in threads.</span>
    </div>
  );
}
