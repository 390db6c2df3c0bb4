import { useState } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { useWords } from '../language/index.ts';
import { Button } from '../ui/button.tsx';
import { atField, passwordProblem, problemsOf } from './checks.ts';
import { DoorPage } from './door-page.tsx';
import { PasswordField } from './password-field.tsx';

/** Where a reset link leads. */
export function ResetPasswordPage({ token }: { token: string }) {
  const { http, session, router } = useApp();
  const words = useWords();
  const { reset } = words.sessions;
  const [password, setPassword] = useState('');
  const { problems, busy, form } = useSubmit<'password'>({
    check: () => problemsOf({ password: passwordProblem(password, words) }),
    async submit() {
      await http.call('password.useReset', { token, password });
      router.go('/', { replace: true });
      session.signedIn();
    },
    explain: (refused) =>
      refused.code === 'gone' ? { form: reset.gone } : atField(refused, { words, taken: { password: '' } }),
  });
  return (
    <DoorPage title={reset.title} lead={reset.lead} foot={<a href="/">{reset.back}</a>}>
      <form class="door__form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <PasswordField
          fresh
          label={words.sessions.password.fresh}
          value={password}
          onText={setPassword}
          error={problems.password}
        />
        <Button type="submit" variant="primary" size="l" wide busy={busy}>
          {reset.submit}
        </Button>
      </form>
    </DoorPage>
  );
}
