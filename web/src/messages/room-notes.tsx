import { useState } from 'preact/hooks';
import type { Room } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { Sentence, useWords } from '../language/index.ts';
import { joinRoom } from '../rooms/room-actions.ts';
import { Button } from '../ui/button.tsx';

/** In the composer's place, for a public room one only looks into. */
export function JoinBar({ room }: { room: Room }) {
  const app = useApp();
  const words = useWords().messages.notes;
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
        <Sentence text={words.lookingInto} parts={{ room: <strong>#{room.name}</strong> }} />
      </span>
      <Button variant="primary" busy={busy} onClick={() => void join()}>
        {words.join}
      </Button>
    </div>
  );
}

export function ArchivedNote({ room, mayRestore }: { room: Room; mayRestore: boolean }) {
  const { client, attempt } = useApp();
  const words = useWords().messages.notes;
  const restore = (): void => void attempt(client.call('room.change', { roomId: room.id, archived: false }));
  return (
    <div class="room-bar">
      <span>{words.archived}</span>
      {mayRestore && <Button onClick={restore}>{words.restore}</Button>}
    </div>
  );
}

export function OnlyModeratorsNote() {
  return (
    <div class="room-bar">
      <span>{useWords().messages.notes.onlyModerators}</span>
    </div>
  );
}
