import { useState } from 'preact/hooks';
import type { Role } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { useApp, type App } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { rolesToGive } from '../invitations/may.ts';
import { useWords } from '../language/index.ts';
import { useMe } from '../people/use-person.ts';
import { atField, emailProblem, missing, problemsOf } from '../sessions/checks.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Select, TextField } from '../ui/field.tsx';
import { showResetLink } from './reset-link.tsx';

export function openAddPerson(app: App, onAdded: () => void): void {
  app.dialogs.show((close) => <AddPersonDialog onAdded={onAdded} onClose={close} />);
}

function AddPersonDialog({ onAdded, onClose }: { onAdded: () => void; onClose: () => void }) {
  const app = useApp();
  const words = useWords();
  const { addPerson, people } = words.admin;
  const taken = { name: '', email: words.sessions.problems.takenEmail };
  const roles = rolesToGive(useMe()?.role);
  const [values, setValues] = useState<{ name: string; email: string; role: Role }>({
    name: '',
    email: '',
    role: 'member',
  });
  const set = (changed: Partial<typeof values>): void => setValues((before) => ({ ...before, ...changed }));
  const { problems, busy, form } = useSubmit<'name' | 'email'>({
    check: () =>
      problemsOf({ name: missing(values.name, addPerson.noName), email: emailProblem(values.email, words) }),
    async submit() {
      const { user, resetToken } = await app.client.call('user.create', {
        name: values.name.trim(),
        email: values.email.trim(),
        role: values.role,
      });
      onClose();
      onAdded();
      if (resetToken !== null) showResetLink(app, { name: user.name, resetToken, isNew: true });
    },
    explain: (refused) => atField(refused, { words, taken }),
  });
  return (
    <Dialog
      title={people.add}
      description={addPerson.note}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.ui.cancel}</Button>
          <Button type="submit" form="add-person" variant="primary" busy={busy}>
            {addPerson.submit}
          </Button>
        </>
      }
    >
      <form id="add-person" class="admin-form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <TextField
          label={addPerson.name}
          autoFocus
          autoComplete="off"
          maxLength={limits.nameCharsMax}
          value={values.name}
          onText={(name) => set({ name })}
          error={problems.name}
        />
        <TextField
          label={words.sessions.email}
          type="email"
          autoComplete="off"
          value={values.email}
          onText={(email) => set({ email })}
          error={problems.email}
        />
        <Select
          label={people.role}
          value={values.role}
          options={roles.map((value) => ({ value, label: words.invitations.roles[value] }))}
          onValue={(role) => set({ role })}
        />
      </form>
    </Dialog>
  );
}
