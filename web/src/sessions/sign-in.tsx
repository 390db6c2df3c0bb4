import { useState } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { emailProblem, missing, problemsOf } from './checks.ts';
import { DoorPage } from './door-page.tsx';
import { PasswordField } from './password-field.tsx';

export function SignInPage() {
  const { http, session } = useApp();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const about = session.about.value;
  const { problems, busy, form } = useSubmit<'email' | 'password'>({
    check: () =>
      problemsOf({ email: emailProblem(email), password: missing(password, 'Enter your password.') }),
    async submit() {
      await http.call('session.signIn', { email: email.trim(), password });
      session.signedIn();
    },
  });
  return (
    <DoorPage
      title={`Sign in to ${about?.name ?? 'Confab'}`}
      foot={<Help openSignUp={about?.openSignUp === true} />}
    >
      <form class="door__form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <TextField
          label="Email"
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          value={email}
          onText={setEmail}
          error={problems.email}
        />
        <PasswordField value={password} onText={setPassword} error={problems.password} />
        <Button type="submit" variant="primary" size="l" wide busy={busy}>
          Sign in
        </Button>
      </form>
    </DoorPage>
  );
}

function Help({ openSignUp }: { openSignUp: boolean }) {
  return (
    <>
      {openSignUp && (
        <>
          New here? <a href="/join">Create an account</a>.{' '}
        </>
      )}
      Forgot your password? An administrator can send you a link to set a new one.
    </>
  );
}
