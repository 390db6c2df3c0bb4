import { useState } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { Sentence, useWords } from '../language/index.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { emailProblem, missing, problemsOf } from './checks.ts';
import { DoorPage } from './door-page.tsx';
import { PasswordField } from './password-field.tsx';

export function SignInPage() {
  const { http, session } = useApp();
  const words = useWords();
  const { problems: wrong, signIn } = words.sessions;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const about = session.about.value;
  const { problems, busy, form } = useSubmit<'email' | 'password'>({
    check: () =>
      problemsOf({ email: emailProblem(email, words), password: missing(password, wrong.noPassword) }),
    async submit() {
      await http.call('session.signIn', { email: email.trim(), password });
      session.signedIn();
    },
  });
  return (
    <DoorPage
      title={signIn.title(about?.name ?? 'Confab')}
      foot={<Help openSignUp={about?.openSignUp === true} byMail={about?.mail === true} />}
    >
      <form class="door__form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <TextField
          label={words.sessions.email}
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
          {signIn.submit}
        </Button>
      </form>
    </DoorPage>
  );
}

function Help({ openSignUp, byMail }: { openSignUp: boolean; byMail: boolean }) {
  const words = useWords().sessions.signIn;
  return (
    <>
      {openSignUp && (
        <>
          <Sentence text={words.newHere} parts={{ link: <a href="/join">{words.createAccount}</a> }} />{' '}
        </>
      )}
      {byMail ? <a href="/forgot">{words.forgottenByMail}</a> : words.forgotten}
    </>
  );
}
