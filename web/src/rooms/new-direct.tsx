import { useState } from 'preact/hooks';
import type { User } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { useApp, type App } from '../app/app-context.ts';
import { roomPath } from '../app/routes.ts';
import { useWords } from '../language/index.ts';
import { PeoplePicker } from '../people/people-picker.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

export function openNewDirect(app: App): void {
  app.dialogs.show((close) => <NewDirectDialog onClose={close} />);
}

/** Opens the conversation with these people, made if there is none. */
export async function goToDirect(app: App, userIds: readonly string[]): Promise<void> {
  await app.attempt(
    app.client.call('room.openDirect', { userIds: [...userIds] }).then(async ({ room, position }) => {
      await app.client.reached(position);
      app.router.go(roomPath(room.room.id));
    }),
  );
}

function NewDirectDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const words = useWords();
  const { direct } = words.rooms;
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const [busy, setBusy] = useState(false);
  const start = async (): Promise<void> => {
    setBusy(true);
    await goToDirect(
      app,
      chosen.map(({ id }) => id),
    );
    onClose();
  };
  return (
    <Dialog
      title={direct.title}
      description={direct.note}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.ui.cancel}</Button>
          <Button variant="primary" busy={busy} disabled={chosen.length === 0} onClick={() => void start()}>
            {direct.start}
          </Button>
        </>
      }
    >
      <PeoplePicker
        label={direct.to}
        chosen={chosen}
        onChosen={setChosen}
        max={limits.directPeopleMax}
        without={new Set([app.client.state.me?.userId ?? ''])}
      />
    </Dialog>
  );
}
