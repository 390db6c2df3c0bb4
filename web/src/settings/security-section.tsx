import { useState } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { missing, passwordProblem, problemsOf } from '../sessions/checks.ts';
import { PasswordField } from '../sessions/password-field.tsx';
import { Button } from '../ui/button.tsx';
import { Panel } from './panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';

export function SecuritySection() {
  return (
    <>
      <Panel title="Password" note="Changing it signs you out everywhere but here.">
        <PasswordForm />
      </Panel>
      <SessionsPanel />
    </>
  );
}

const empty = { current: '', next: '' };

function PasswordForm() {
  const { client, ui } = useApp();
  const [values, setValues] = useState(empty);
  const { problems, busy, form } = useSubmit<keyof typeof empty>({
    check: () =>
      problemsOf({
        current: missing(values.current, 'Enter your present password.'),
        next:
          passwordProblem(values.next) ??
          (values.next === values.current ? 'That is the present password.' : undefined),
      }),
    async submit() {
      await client.call('password.change', values);
      setValues(empty);
      ui.toasts.show({ text: 'Password changed', tone: 'positive' });
    },
    explain: (refused) =>
      refused.code === 'wrong_credentials'
        ? { current: 'That is not your present password.' }
        : { form: refused.message },
  });
  return (
    <form class="panel__form" {...form}>
      <FormProblem>{problems.form}</FormProblem>
      {/* so that a password store knows whose it is */}
      <input type="text" autoComplete="username" hidden readOnly value={client.state.me?.email ?? ''} />
      <PasswordField
        label="Present password"
        value={values.current}
        onText={(current) => setValues({ ...values, current })}
        error={problems.current}
      />
      <PasswordField
        label="New password"
        fresh
        value={values.next}
        onText={(next) => setValues({ ...values, next })}
        error={problems.next}
      />
      <div class="panel__buttons">
        <Button type="submit" variant="primary" busy={busy}>
          Change password
        </Button>
      </div>
    </form>
  );
}
