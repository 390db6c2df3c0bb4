import { useState } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { atField, passwordProblem, problemsOf } from './checks.ts';
import { DoorPage } from './door-page.tsx';
import { PasswordField } from './password-field.tsx';

/** Where a reset link leads. */
export function ResetPasswordPage({ token }: { token: string }) {
  const { http, session, router } = useApp();
  const [password, setPassword] = useState('');
  const { problems, busy, form } = useSubmit<'password'>({
    check: () => problemsOf({ password: passwordProblem(password) }),
    async submit() {
      await http.call('password.useReset', { token, password });
      router.go('/', { replace: true });
      session.signedIn();
    },
    explain: (refused) =>
      refused.code === 'gone'
        ? { form: 'This link has expired or was used already. Ask an administrator for a new one.' }
        : atField(refused, { password: '' }),
  });
  return (
    <DoorPage
      title="Choose a new password"
      lead="You will be signed in here, and signed out everywhere else."
      foot={<a href="/">Back to signing in</a>}
    >
      <form class="door__form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <PasswordField
          fresh
          label="New password"
          value={password}
          onText={setPassword}
          error={problems.password}
        />
        <Button type="submit" variant="primary" size="l" wide busy={busy}>
          Set the password
        </Button>
      </form>
    </DoorPage>
  );
}
