import { useState } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { refusalText, useWords } from '../language/index.ts';
import { missing, passwordProblem, problemsOf } from '../sessions/checks.ts';
import { PasswordField } from '../sessions/password-field.tsx';
import { Button } from '../ui/button.tsx';
import { Panel } from './panel.tsx';
import { SessionsPanel } from './sessions-panel.tsx';

export function SecuritySection() {
  const words = useWords().settings.password;
  return (
    <>
      <Panel title={words.title} note={words.note}>
        <PasswordForm />
      </Panel>
      <SessionsPanel />
    </>
  );
}

const empty = { current: '', next: '' };

function PasswordForm() {
  const { client, ui } = useApp();
  const words = useWords();
  const said = words.settings.password;
  const [values, setValues] = useState(empty);
  const { problems, busy, form } = useSubmit<keyof typeof empty>({
    check: () =>
      problemsOf({
        current: missing(values.current, said.noPresent),
        next: passwordProblem(values.next, words) ?? (values.next === values.current ? said.same : undefined),
      }),
    async submit() {
      await client.call('password.change', values);
      setValues(empty);
      ui.toasts.show({ text: said.changed, tone: 'positive' });
    },
    explain: (refused) =>
      refused.code === 'wrong_credentials' ? { current: said.wrong } : { form: refusalText(words, refused) },
  });
  return (
    <form class="panel__form" {...form}>
      <FormProblem>{problems.form}</FormProblem>
      {/* so that a password store knows whose it is */}
      <input type="text" autoComplete="username" hidden readOnly value={client.state.me?.email ?? ''} />
      <PasswordField
        label={said.present}
        value={values.current}
        onText={(current) => setValues({ ...values, current })}
        error={problems.current}
      />
      <PasswordField
        label={words.sessions.password.fresh}
        fresh
        value={values.next}
        onText={(next) => setValues({ ...values, next })}
        error={problems.next}
      />
      <div class="panel__buttons">
        <Button type="submit" variant="primary" busy={busy}>
          {said.submit}
        </Button>
      </div>
    </form>
  );
}
