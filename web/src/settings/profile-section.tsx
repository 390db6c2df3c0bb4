import { useState } from 'preact/hooks';
import { AtSign } from 'lucide';
import type { Input, User } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { RowSkeletons } from '../app/list-states.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { useWords } from '../language/index.ts';
import { useMe } from '../people/use-person.ts';
import { atField, missing, problemsOf } from '../sessions/checks.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { handleProblem } from './handle-problem.ts';
import { Panel } from './panel.tsx';
import { PictureField } from './picture-field.tsx';
import { TimeZoneField } from './time-zone-field.tsx';

export function ProfileSection() {
  const me = useMe();
  const words = useWords().settings;
  if (!me) return <RowSkeletons count={3} />;
  return (
    <>
      <Panel title={words.picture.title}>
        <PictureField me={me} />
      </Panel>
      <Panel title={words.profile.title} note={words.profile.note}>
        <ProfileForm key={me.id} me={me} />
      </Panel>
    </>
  );
}

type Values = Required<Input<'user.changeProfile'>>;

function ProfileForm({ me }: { me: User }) {
  const { client, ui } = useApp();
  const words = useWords();
  const { discard, profile, save } = words.settings;
  const taken = { name: '', handle: profile.takenHandle, title: '', timeZone: '' };
  const [typed, setTyped] = useState<Partial<Values>>({});
  const { name, handle, title, timeZone } = me;
  const values: Values = { name, handle, title, timeZone, ...typed };
  const set = (changed: Partial<Values>): void => setTyped((before) => ({ ...before, ...changed }));
  const changed = changesOf(me, values);
  const isChanged = Object.keys(changed).length > 0;
  const { problems, busy, form } = useSubmit<keyof Values>({
    check: () =>
      problemsOf({
        name: missing(values.name, words.sessions.problems.noName),
        handle: handleProblem(values.handle, words),
        title: undefined,
        timeZone: undefined,
      }),
    async submit() {
      if (!isChanged) return;
      const { position } = await client.call('user.changeProfile', changed);
      await client.reached(position);
      setTyped({});
      ui.toasts.show({ text: profile.saved, tone: 'positive' });
    },
    explain: (refused) => atField(refused, { words, taken }),
  });
  return (
    <form class="panel__form" {...form}>
      <FormProblem>{problems.form}</FormProblem>
      <TextField
        label={profile.name}
        autoComplete="name"
        maxLength={limits.nameCharsMax}
        value={values.name}
        onText={(text) => set({ name: text })}
        error={problems.name}
      />
      <TextField
        label={profile.handle}
        icon={AtSign}
        hint={profile.handleHint}
        autoComplete="off"
        autoCapitalize="none"
        spellcheck={false}
        maxLength={limits.handleCharsMax}
        value={values.handle}
        onText={(text) => set({ handle: text.toLowerCase() })}
        error={problems.handle}
      />
      <TextField
        label={profile.jobTitle}
        hint={profile.jobTitleHint}
        autoComplete="organization-title"
        maxLength={limits.titleCharsMax}
        value={values.title}
        onText={(text) => set({ title: text })}
      />
      <TimeZoneField
        value={values.timeZone}
        onValue={(zone) => set({ timeZone: zone })}
        error={problems.timeZone}
      />
      <div class="panel__buttons">
        <Button type="submit" variant="primary" busy={busy} disabled={!isChanged}>
          {save}
        </Button>
        {isChanged && (
          <Button variant="quiet" onClick={() => setTyped({})}>
            {discard}
          </Button>
        )}
      </div>
    </form>
  );
}

/** Only what differs is sent. */
function changesOf(me: User, values: Values): Partial<Values> {
  const wanted: Values = { ...values, name: values.name.trim(), title: values.title.trim() };
  const keys = ['name', 'handle', 'title', 'timeZone'] as const;
  return Object.fromEntries(keys.filter((key) => wanted[key] !== me[key]).map((key) => [key, wanted[key]]));
}
