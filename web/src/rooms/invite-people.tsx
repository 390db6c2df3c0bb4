import { useEffect, useState } from 'preact/hooks';
import type { Room, User } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { useApp, type App } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { PeoplePicker } from '../people/people-picker.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

export function openInvite(app: App, room: Room): void {
  app.dialogs.show((close) => <InviteDialog room={room} onClose={close} />);
}

/** Puts people of the workspace into a room. */
function InviteDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const { client, attempt, ui } = useApp();
  const words = useWords();
  const { invite: said } = words.rooms;
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const [members, setMembers] = useState<ReadonlySet<string>>(new Set([client.state.me?.userId ?? '']));
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    // In a room of thousands the first page has to do; inviting somebody who is in already changes nothing.
    void attempt(
      client.call('room.members', { roomId: room.id, limit: limits.pageMax }).then((page) => {
        setMembers(new Set([client.state.me?.userId ?? '', ...page.members.map(({ userId }) => userId)]));
      }),
    );
  }, []);

  async function invite(): Promise<void> {
    setBusy(true);
    const userIds = chosen.map(({ id }) => id);
    const done = await attempt(client.call('room.invite', { roomId: room.id, userIds }));
    setBusy(false);
    if (!done) return;
    const [first] = chosen;
    const text =
      chosen.length === 1 && first
        ? said.addedOne(first.name, room.name)
        : said.added(chosen.length, room.name);
    ui.toasts.show({ text, tone: 'positive' });
    onClose();
  }

  return (
    <Dialog
      title={said.title(room.name)}
      description={room.kind === 'private' ? said.note : undefined}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.ui.cancel}</Button>
          <Button variant="primary" busy={busy} disabled={chosen.length === 0} onClick={() => void invite()}>
            {said.add}
          </Button>
        </>
      }
    >
      <PeoplePicker
        label={said.people}
        chosen={chosen}
        onChosen={setChosen}
        max={limits.inviteBatchMax}
        without={members}
      />
    </Dialog>
  );
}
