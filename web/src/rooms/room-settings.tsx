import { useState } from 'preact/hooks';
import { Archive, ArchiveRestore } from 'lucide';
import type { Input, Room } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { useApp, type App } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { useWords } from '../language/index.ts';
import { useMe } from '../people/use-person.ts';
import { Button } from '../ui/button.tsx';
import { RadioGroup, Switch } from '../ui/choice.tsx';
import { ConfirmDialog, Dialog } from '../ui/dialog.tsx';
import { TextArea, TextField } from '../ui/field.tsx';
import { kindsOf, nameRefusal, postingsOf } from './create-room.tsx';
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
  const { form: words, save } = useWords().rooms;
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
      title={words.topic}
      size="s"
      onClose={onClose}
      actions={
        <Button type="submit" form="room-topic" variant="primary" busy={busy}>
          {save}
        </Button>
      }
    >
      <form id="room-topic" class="room-form" {...form}>
        <TextField
          label={words.topic}
          hideLabel
          autoFocus
          placeholder={words.topicPlaceholder}
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
  const words = useWords();
  const { form: said, save } = words.rooms;
  const me = useMe();
  const membership = client.state.rooms.get(roomId)?.membership ?? null;
  const isModerator = mayModerate(room, placeIn(room, membership, me?.role));
  const kind = room.kind === 'private' ? 'private' : 'public';
  const [values, setValues] = useState<Values>({ ...room, kind });
  const set = (changed: Partial<Values>): void => setValues((before) => ({ ...before, ...changed }));
  const { problems, busy, form } = useSubmit<'name'>({
    check: () => (isModerator ? roomNameProblem(said, values.name) : {}),
    async submit() {
      await client.call('room.change', { roomId, ...changesOf({ ...room, kind }, values) });
      onClose();
    },
    explain: (refused) => nameRefusal(words, refused),
  });
  return (
    <Dialog
      title={said.settings}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.ui.cancel}</Button>
          <Button type="submit" form="room-settings" variant="primary" busy={busy}>
            {save}
          </Button>
        </>
      }
    >
      <form id="room-settings" class="room-form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        {isModerator && (
          <TextField
            label={said.name}
            maxLength={limits.roomNameCharsMax}
            value={values.name}
            onText={(name) => set({ name: asRoomName(name) })}
            error={problems.name}
          />
        )}
        <TextField
          label={said.topic}
          maxLength={limits.roomTopicCharsMax}
          value={values.topic}
          onText={(topic) => set({ topic })}
        />
        <TextArea
          label={said.description}
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
  const words = useWords().rooms.form;
  return (
    <>
      <RadioGroup
        label={words.visibility}
        value={values.kind}
        onValue={(kind) => set({ kind })}
        options={kindsOf(words)}
      />
      <RadioGroup
        label={words.posting}
        value={values.posting}
        onValue={(posting) => set({ posting })}
        options={postingsOf(words)}
      />
      {isAdmin && (
        <Switch
          label={words.isDefault}
          hint={values.kind === 'private' ? words.isDefaultPrivate : words.isDefaultHint}
          disabled={values.kind === 'private'}
          checked={values.isDefault && values.kind === 'public'}
          onChecked={(isDefault) => set({ isDefault })}
        />
      )}
    </>
  );
}

function ArchiveRow({ room }: { room: Room }) {
  const words = useWords().rooms.archive;
  const app = useApp();
  const change = (archived: boolean): Promise<boolean> =>
    app.attempt(app.client.call('room.change', { roomId: room.id, archived }));
  if (room.archivedAt !== null) {
    return (
      <div class="room-form__danger">
        <p>{words.isArchived}</p>
        <Button icon={ArchiveRestore} onClick={() => void change(false)}>
          {words.restore}
        </Button>
      </div>
    );
  }
  const ask = (): void => {
    app.dialogs.show((close) => (
      <ConfirmDialog
        title={words.title(room.name)}
        confirmLabel={words.confirm}
        danger
        onConfirm={async () => {
          if (await change(true)) app.dialogs.closeAll();
        }}
        onClose={close}
      >
        {words.note}
      </ConfirmDialog>
    ));
  };
  return (
    <div class="room-form__danger">
      <p>{words.noLonger}</p>
      <Button variant="danger-quiet" icon={Archive} onClick={ask}>
        {words.action}
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
