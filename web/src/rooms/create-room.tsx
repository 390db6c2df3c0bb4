import { useState } from 'preact/hooks';
import { limits } from '@confab/protocol/limits';
import { systemRandom } from '@confab/client';
import { useApp, type App } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { roomPath } from '../app/routes.ts';
import { fieldOf, useSubmit } from '../app/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { RadioGroup } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextArea, TextField } from '../ui/field.tsx';
import { asRoomName, roomNameProblem } from './room-name.ts';

export function openCreateRoom(app: App, name = ''): void {
  app.dialogs.show((close) => <CreateRoomDialog name={name} onClose={close} />);
}

type Values = {
  name: string;
  topic: string;
  description: string;
  kind: 'public' | 'private';
  posting: 'everyone' | 'moderators';
};

function CreateRoomDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const { client, router } = useApp();
  const [clientId] = useState(() => systemRandom.id());
  const [values, setValues] = useState<Values>({
    name: asRoomName(name),
    topic: '',
    description: '',
    kind: 'public',
    posting: 'everyone',
  });
  const set = (changed: Partial<Values>): void => setValues((before) => ({ ...before, ...changed }));
  const { problems, busy, form } = useSubmit<'name'>({
    check: () => roomNameProblem(values.name),
    async submit() {
      const { room, position } = await client.call('room.create', { clientId, ...values });
      await client.reached(position);
      router.go(roomPath(room.room.id));
      onClose();
    },
    explain: (refused) =>
      refused.code === 'taken' || fieldOf(refused) === 'name'
        ? { name: refused.code === 'taken' ? 'There is a room of this name already.' : refused.message }
        : { form: refused.message },
  });
  return (
    <Dialog
      title="Create a room"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="create-room" variant="primary" busy={busy}>
            Create
          </Button>
        </>
      }
    >
      <form id="create-room" class="room-form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <TextField
          label="Name"
          hint="Short, without spaces: plans, team-berlin"
          autoFocus
          maxLength={limits.roomNameCharsMax}
          value={values.name}
          onText={(text) => set({ name: asRoomName(text) })}
          error={problems.name}
        />
        <TextField
          label="Topic"
          hint="One line above the conversation. You can leave it out."
          maxLength={limits.roomTopicCharsMax}
          value={values.topic}
          onText={(topic) => set({ topic })}
        />
        <TextArea
          label="Description"
          rowsMin={2}
          rowsMax={5}
          maxLength={limits.roomDescriptionCharsMax}
          value={values.description}
          onText={(description) => set({ description })}
        />
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
      </form>
    </Dialog>
  );
}

export const kinds = [
  { value: 'public', label: 'Everyone here', hint: 'Anyone in the workspace can find, read and join it.' },
  { value: 'private', label: 'Only its members', hint: 'It is invisible to all who were not invited.' },
] as const;

export const postings = [
  { value: 'everyone', label: 'All members', hint: 'A conversation.' },
  {
    value: 'moderators',
    label: 'Only owners and moderators',
    hint: 'Announcements; everyone can react and reply in threads.',
  },
] as const;
