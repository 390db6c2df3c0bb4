import { useState } from 'preact/hooks';
import { limits } from '@confab/protocol/limits';
import { systemRandom, type Refused } from '@confab/client';
import { useApp, type App } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { roomPath } from '../app/routes.ts';
import { fieldOf, useSubmit } from '../app/use-submit.ts';
import { refusalText, useWords, type Words } from '../language/index.ts';
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
  const words = useWords();
  const formWords = words.rooms.form;
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
    check: () => roomNameProblem(formWords, values.name),
    async submit() {
      const { room, position } = await client.call('room.create', { clientId, ...values });
      await client.reached(position);
      router.go(roomPath(room.room.id));
      onClose();
    },
    explain: (refused) => nameRefusal(words, refused),
  });
  return (
    <Dialog
      title={formWords.create}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.ui.cancel}</Button>
          <Button type="submit" form="create-room" variant="primary" busy={busy}>
            {formWords.createAction}
          </Button>
        </>
      }
    >
      <form id="create-room" class="room-form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <TextField
          label={formWords.name}
          hint={formWords.nameHint}
          autoFocus
          maxLength={limits.roomNameCharsMax}
          value={values.name}
          onText={(text) => set({ name: asRoomName(text) })}
          error={problems.name}
        />
        <TextField
          label={formWords.topic}
          hint={formWords.topicHint}
          maxLength={limits.roomTopicCharsMax}
          value={values.topic}
          onText={(topic) => set({ topic })}
        />
        <TextArea
          label={formWords.description}
          rowsMin={2}
          rowsMax={5}
          maxLength={limits.roomDescriptionCharsMax}
          value={values.description}
          onText={(description) => set({ description })}
        />
        <RadioGroup
          label={formWords.visibility}
          value={values.kind}
          onValue={(kind) => set({ kind })}
          options={kindsOf(formWords)}
        />
        <RadioGroup
          label={formWords.posting}
          value={values.posting}
          onValue={(posting) => set({ posting })}
          options={postingsOf(formWords)}
        />
      </form>
    </Dialog>
  );
}

type FormWords = Words['rooms']['form'];

export const kindsOf = ({ visible: words }: FormWords) =>
  [
    { value: 'public', label: words.public, hint: words.publicHint },
    { value: 'private', label: words.private, hint: words.privateHint },
  ] as const;

export const postingsOf = ({ post: words }: FormWords) =>
  [
    { value: 'everyone', label: words.everyone, hint: words.everyoneHint },
    { value: 'moderators', label: words.moderators, hint: words.moderatorsHint },
  ] as const;

/** A refusal that is about the name; undefined for any other. */
export function nameRefusal(words: Words, refused: Refused): { name: string } | undefined {
  if (refused.code === 'taken') return { name: words.rooms.form.nameTaken };
  return fieldOf(refused) === 'name' ? { name: refusalText(words, refused) } : undefined;
}
