import { useState } from 'preact/hooks';
import { limits } from '@confab/protocol/limits';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { atField, emailProblem, missing, passwordProblem, problemsOf } from './checks.ts';
import { DoorPage } from './door-page.tsx';
import { PasswordField } from './password-field.tsx';

const taken = { workspaceName: '', name: '', email: 'Somebody has this address already.', password: '' };

/** The first page of a new workspace: gives it a name and an owner. */
export function SetUpPage() {
  const { http, session } = useApp();
  const [values, setValues] = useState({ workspaceName: '', name: '', email: '', password: '' });
  const set = (changed: Partial<typeof values>): void => setValues((before) => ({ ...before, ...changed }));
  const { problems, busy, form } = useSubmit<keyof typeof values>({
    check: () =>
      problemsOf({
        workspaceName: missing(values.workspaceName, 'Give the workspace a name.'),
        name: missing(values.name, 'Enter your name, as the others should see it.'),
        email: emailProblem(values.email),
        password: passwordProblem(values.password),
      }),
    async submit() {
      const { workspaceName, name, email, password } = values;
      await http.call('workspace.setUp', {
        workspaceName: workspaceName.trim(),
        name: name.trim(),
        email: email.trim(),
        password,
      });
      session.signedIn();
    },
    explain: (refused) => atField(refused, taken),
  });
  return (
    <DoorPage
      title="Set up your workspace"
      lead="You will be its owner. Everything here can be changed later."
    >
      <form class="door__form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <TextField
          label="Name of the workspace"
          hint="Your company, team or club"
          name="organization"
          autoComplete="organization"
          autoFocus
          maxLength={80}
          value={values.workspaceName}
          onText={(workspaceName) => set({ workspaceName })}
          error={problems.workspaceName}
        />
        <TextField
          label="Your name"
          name="name"
          autoComplete="name"
          maxLength={limits.nameCharsMax}
          value={values.name}
          onText={(name) => set({ name })}
          error={problems.name}
        />
        <TextField
          label="Email"
          type="email"
          name="email"
          autoComplete="username"
          value={values.email}
          onText={(email) => set({ email })}
          error={problems.email}
        />
        <PasswordField
          fresh
          value={values.password}
          onText={(password) => set({ password })}
          error={problems.password}
        />
        <Button type="submit" variant="primary" size="l" wide busy={busy}>
          Create the workspace
        </Button>
      </form>
    </DoorPage>
  );
}
