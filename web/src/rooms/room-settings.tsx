import { useState } from 'preact/hooks';
import { Archive, ArchiveRestore } from 'lucide';
import type { Input, Room } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { useApp, type App } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { fieldOf, useSubmit } from '../app/use-submit.ts';
import { useMe } from '../people/use-person.ts';
import { Button } from '../ui/button.tsx';
import { RadioGroup, Switch } from '../ui/choice.tsx';
import { ConfirmDialog, Dialog } from '../ui/dialog.tsx';
import { TextArea, TextField } from '../ui/field.tsx';
import { kinds, postings } from './create-room.tsx';
import { isAdministrator, mayModerate, placeIn } from './may.ts';
import { asRoomName, roomNameProblem } from './room-name.ts';
import { useMyRoom } from './use-room.ts';
import './room-settings.css';

export function openRoomSettings(app: App, roomId: string): void {
  app.dialogs.show((close) => <RoomSettings roomId={roomId} onClose={close} />);
}

/** Only the line above the conversation: that is what is changed most. */
export function openTopicDialog(app: App, room: Room): void {
  if (!app.client.state.rooms.has(room.id) || room.archivedAt !== null) {
    app.router.openPane({ kind: 'details', tab: 'about' });
    return;
  }
  app.dialogs.show((close) => <TopicDialog room={room} onClose={close} />);
}

function TopicDialog({ room, onClose }: { room: Room; onClose: () => void }) {
  const { client } = useApp();
  const [topic, setTopic] = useState(room.topic);
  const { problems, busy, form } = useSubmit<'topic'>({
    check: () => ({}),
    async submit() {
      await client.call('room.change', { roomId: room.id, topic });
      onClose();
    },
  });
  return (
    <Dialog
      title="Topic"
      size="s"
      onClose={onClose}
      actions={
        <Button type="submit" form="room-topic" variant="primary" busy={busy}>
          Save
        </Button>
      }
    >
      <form id="room-topic" class="room-form" {...form}>
        <TextField
          label="Topic"
          hideLabel
          autoFocus
          placeholder="What this room is about just now"
          maxLength={limits.roomTopicCharsMax}
          value={topic}
          onText={setTopic}
          error={problems.form}
        />
      </form>
    </Dialog>
  );
}

type Values = Pick<Room, 'name' | 'topic' | 'description' | 'posting' | 'isDefault'> & {
  kind: 'public' | 'private';
};

function RoomSettings({ roomId, onClose }: { roomId: string; onClose: () => void }) {
  const mine = useMyRoom(roomId);
  return mine === undefined ? null : <RoomForm room={mine.room} roomId={roomId} onClose={onClose} />;
}

function RoomForm({ room, roomId, onClose }: { room: Room; roomId: string; onClose: () => void }) {
  const app = useApp();
  const { client } = app;
  const me = useMe();
  const membership = client.state.rooms.get(roomId)?.membership ?? null;
  const isModerator = mayModerate(room, placeIn(room, membership, me?.role));
  const kind = room.kind === 'private' ? 'private' : 'public';
  const [values, setValues] = useState<Values>({ ...room, kind });
  const set = (changed: Partial<Values>): void => setValues((before) => ({ ...before, ...changed }));
  const { problems, busy, form } = useSubmit<'name'>({
    check: () => (isModerator ? roomNameProblem(values.name) : {}),
    async submit() {
      await client.call('room.change', { roomId, ...changesOf({ ...room, kind }, values) });
      onClose();
    },
    explain: (refused) =>
      refused.code === 'taken' || fieldOf(refused) === 'name'
        ? { name: refused.code === 'taken' ? 'There is a room of this name already.' : refused.message }
        : undefined,
  });
  return (
    <Dialog
      title="Room settings"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="room-settings" variant="primary" busy={busy}>
            Save
          </Button>
        </>
      }
    >
      <form id="room-settings" class="room-form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        {isModerator && (
          <TextField
            label="Name"
            maxLength={limits.roomNameCharsMax}
            value={values.name}
            onText={(name) => set({ name: asRoomName(name) })}
            error={problems.name}
          />
        )}
        <TextField
          label="Topic"
          maxLength={limits.roomTopicCharsMax}
          value={values.topic}
          onText={(topic) => set({ topic })}
        />
        <TextArea
          label="Description"
          rowsMin={3}
          rowsMax={8}
          maxLength={limits.roomDescriptionCharsMax}
          value={values.description}
          onText={(description) => set({ description })}
        />
        {isModerator && <Governance values={values} set={set} isAdmin={isAdministrator(me?.role)} />}
        {isModerator && <ArchiveRow room={room} />}
      </form>
    </Dialog>
  );
}

type GovernanceProps = { values: Values; set: (changed: Partial<Values>) => void; isAdmin: boolean };

function Governance({ values, set, isAdmin }: GovernanceProps) {
  return (
    <>
      <RadioGroup
        label="Who can see it"
        value={values.kind}
        onValue={(kind) => set({ kind })}
        options={kinds}
      />
      <RadioGroup
        label="Who can post"
        value={values.posting}
        onValue={(posting) => set({ posting })}
        options={postings}
      />
      {isAdmin && (
        <Switch
          label="Newcomers join it by themselves"
          hint={
            values.kind === 'private'
              ? 'Only a room that everyone can see.'
              : 'Whoever joins the workspace is put into this room.'
          }
          disabled={values.kind === 'private'}
          checked={values.isDefault && values.kind === 'public'}
          onChecked={(isDefault) => set({ isDefault })}
        />
      )}
    </>
  );
}

function ArchiveRow({ room }: { room: Room }) {
  const app = useApp();
  const change = (archived: boolean): Promise<boolean> =>
    app.attempt(app.client.call('room.change', { roomId: room.id, archived }));
  if (room.archivedAt !== null) {
    return (
      <div class="room-form__danger">
        <p>This room is archived.</p>
        <Button icon={ArchiveRestore} onClick={() => void change(false)}>
          Bring it back
        </Button>
      </div>
    );
  }
  const ask = (): void => {
    app.dialogs.show((close) => (
      <ConfirmDialog
        title={`Archive #${room.name}?`}
        confirmLabel="Archive room"
        danger
        onConfirm={async () => {
          if (await change(true)) app.dialogs.closeAll();
        }}
        onClose={close}
      >
        Nothing new can be written in it. Everything stays readable, and it can be brought back.
      </ConfirmDialog>
    ));
  };
  return (
    <div class="room-form__danger">
      <p>No longer needed?</p>
      <Button variant="danger-quiet" icon={Archive} onClick={ask}>
        Archive this room
      </Button>
    </div>
  );
}

/** Only what differs is sent. */
function changesOf(before: Values, after: Values): Omit<Input<'room.change'>, 'roomId'> {
  const wanted = { ...after, isDefault: after.isDefault && after.kind === 'public' };
  const keys = ['name', 'topic', 'description', 'kind', 'posting', 'isDefault'] as const;
  return Object.fromEntries(
    keys.filter((key) => wanted[key] !== before[key]).map((key) => [key, wanted[key]]),
  );
}
