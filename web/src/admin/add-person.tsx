import { useState } from 'preact/hooks';
import type { Role } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { useApp, type App } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { roleNames } from '../invitations/invitation-words.ts';
import { rolesToGive } from '../invitations/may.ts';
import { useMe } from '../people/use-person.ts';
import { atField, emailProblem, missing, problemsOf } from '../sessions/checks.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Select, TextField } from '../ui/field.tsx';
import { showResetLink } from './reset-link.tsx';

export function openAddPerson(app: App, onAdded: () => void): void {
  app.dialogs.show((close) => <AddPersonDialog onAdded={onAdded} onClose={close} />);
}

const taken = { name: '', email: 'Somebody has this address already.' };

function AddPersonDialog({ onAdded, onClose }: { onAdded: () => void; onClose: () => void }) {
  const app = useApp();
  const roles = rolesToGive(useMe()?.role);
  const [values, setValues] = useState<{ name: string; email: string; role: Role }>({
    name: '',
    email: '',
    role: 'member',
  });
  const set = (changed: Partial<typeof values>): void => setValues((before) => ({ ...before, ...changed }));
  const { problems, busy, form } = useSubmit<'name' | 'email'>({
    check: () =>
      problemsOf({ name: missing(values.name, 'Enter their name.'), email: emailProblem(values.email) }),
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
    explain: (refused) => atField(refused, taken),
  });
  return (
    <Dialog
      title="Add a person"
      description="You get a link with which they set their password."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="add-person" variant="primary" busy={busy}>
            Add
          </Button>
        </>
      }
    >
      <form id="add-person" class="admin-form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <TextField
          label="Name"
          autoFocus
          autoComplete="off"
          maxLength={limits.nameCharsMax}
          value={values.name}
          onText={(name) => set({ name })}
          error={problems.name}
        />
        <TextField
          label="Email"
          type="email"
          autoComplete="off"
          value={values.email}
          onText={(email) => set({ email })}
          error={problems.email}
        />
        <Select
          label="Role"
          value={values.role}
          options={roles.map((value) => ({ value, label: roleNames[value] }))}
          onValue={(role) => set({ role })}
        />
      </form>
    </Dialog>
  );
}
