import { useState } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { useWords } from '../language/index.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { emailProblem, problemsOf } from './checks.ts';
import { DoorPage } from './door-page.tsx';

/** Asks for a link by mail. What is shown afterwards says nothing of whether somebody has the address. */
export function ForgotPasswordPage() {
  const { http, ui } = useApp();
  const words = useWords();
  const { forgot, reset } = words.sessions;
  const [email, setEmail] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const { problems, busy, form } = useSubmit<'email'>({
    check: () => problemsOf({ email: emailProblem(email, words) }),
    async submit() {
      await http.call('password.forgot', { email: email.trim() });
      setAsked(email.trim());
      ui.announcer.say(forgot.sentTitle);
    },
  });
  const back = <a href="/">{reset.back}</a>;
  if (asked !== null) return <DoorPage title={forgot.sentTitle} lead={forgot.sent(asked)} foot={back} />;
  return (
    <DoorPage title={forgot.title} lead={forgot.lead} foot={back}>
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
        <Button type="submit" variant="primary" size="l" wide busy={busy}>
          {forgot.submit}
        </Button>
      </form>
    </DoorPage>
  );
}
