import { useState } from 'preact/hooks';
import { limits } from '@confab/protocol/limits';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { useWords } from '../language/index.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { atField, emailProblem, missing, passwordProblem, problemsOf } from './checks.ts';
import { DoorPage } from './door-page.tsx';
import { PasswordField } from './password-field.tsx';

/** The first page of a new workspace: gives it a name and an owner. */
export function SetUpPage() {
  const { http, session } = useApp();
  const words = useWords();
  const { problems: wrong, setUp } = words.sessions;
  const taken = { workspaceName: '', name: '', email: wrong.takenEmail, password: '' };
  const [values, setValues] = useState({ workspaceName: '', name: '', email: '', password: '' });
  const set = (changed: Partial<typeof values>): void => setValues((before) => ({ ...before, ...changed }));
  const { problems, busy, form } = useSubmit<keyof typeof values>({
    check: () =>
      problemsOf({
        workspaceName: missing(values.workspaceName, wrong.noWorkspaceName),
        name: missing(values.name, wrong.noName),
        email: emailProblem(values.email, words),
        password: passwordProblem(values.password, words),
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
    explain: (refused) => atField(refused, { words, taken }),
  });
  return (
    <DoorPage title={setUp.title} lead={setUp.lead}>
      <form class="door__form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <TextField
          label={setUp.workspaceName}
          hint={setUp.workspaceHint}
          name="organization"
          autoComplete="organization"
          autoFocus
          maxLength={80}
          value={values.workspaceName}
          onText={(workspaceName) => set({ workspaceName })}
          error={problems.workspaceName}
        />
        <TextField
          label={words.sessions.yourName}
          name="name"
          autoComplete="name"
          maxLength={limits.nameCharsMax}
          value={values.name}
          onText={(name) => set({ name })}
          error={problems.name}
        />
        <TextField
          label={words.sessions.email}
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
          {setUp.submit}
        </Button>
      </form>
    </DoorPage>
  );
}
