import { useEffect, useState } from 'preact/hooks';
import { limits } from '@confab/protocol/limits';
import type { Output } from '@confab/protocol';
import { Refused } from '@confab/client';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { refusalText, Sentence, useWords } from '../language/index.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Delayed, Spinner } from '../ui/spinner.tsx';
import { atField, emailProblem, missing, passwordProblem, problemsOf } from './checks.ts';
import { DoorPage } from './door-page.tsx';
import { PasswordField } from './password-field.tsx';

type Look = { state: 'looking' } | { state: 'good'; invitation: Output<'invitation.look'> | null } | Bad;
type Bad = { state: 'bad'; refused: Refused };

/** Where an invitation leads. Without one, for people whose address may sign up by itself. */
export function SignUpPage({ secret }: { secret: string | null }) {
  const look = useLook(secret);
  const words = useWords().sessions.signUp;
  switch (look.state) {
    case 'looking':
      return (
        <main class="door">
          <Delayed>
            <Spinner label={words.opening} size={24} />
          </Delayed>
        </main>
      );
    case 'bad':
      return <BadInvitation refused={look.refused} />;
    case 'good':
      return <SignUpForm secret={secret} invitation={look.invitation} />;
  }
}

function useLook(secret: string | null): Look {
  const { http, session } = useApp();
  const [look, setLook] = useState<Look>({ state: 'looking' });
  useEffect(() => {
    const looking = async (): Promise<Look> => {
      if (secret !== null)
        return { state: 'good', invitation: await http.call('invitation.look', { secret }) };
      await session.learnAbout();
      return { state: 'good', invitation: null };
    };
    looking().then(setLook, (error: unknown) => {
      if (!(error instanceof Refused)) throw error;
      setLook({ state: 'bad', refused: error });
    });
  }, [secret]);
  return look;
}

function BadInvitation({ refused }: { refused: Refused }) {
  const words = useWords();
  const { signUp } = words.sessions;
  const isGone = refused.code === 'gone';
  return (
    <DoorPage
      title={isGone ? signUp.gone : signUp.failed}
      lead={isGone ? signUp.goneNote : signUp.failedNote(refusalText(words, refused))}
    >
      <Button size="l" wide onClick={() => location.reload()} hidden={isGone}>
        {words.ui.tryAgain}
      </Button>
      <p>
        <Member />
      </p>
    </DoorPage>
  );
}

function Member() {
  const { signIn, signUp } = useWords().sessions;
  return <Sentence text={signUp.member} parts={{ link: <a href="/">{signIn.submit}</a> }} />;
}

function SignUpForm({
  secret,
  invitation,
}: {
  secret: string | null;
  invitation: Output<'invitation.look'> | null;
}) {
  const { http, session, router } = useApp();
  const words = useWords();
  const { problems: wrong, signUp } = words.sessions;
  const taken = { name: '', email: signUp.takenEmail, password: '' };
  const [values, setValues] = useState({ name: '', email: '', password: '' });
  const set = (changed: Partial<typeof values>): void => setValues((before) => ({ ...before, ...changed }));
  const { problems, busy, form } = useSubmit<keyof typeof values>({
    check: () =>
      problemsOf({
        name: missing(values.name, wrong.noName),
        email: emailProblem(values.email, words),
        password: passwordProblem(values.password, words),
      }),
    async submit() {
      await http.call('session.signUp', {
        name: values.name.trim(),
        email: values.email.trim(),
        password: values.password,
        ...(secret === null ? {} : { invitation: secret }),
      });
      router.go('/', { replace: true });
      session.signedIn();
    },
    explain: (refused) =>
      refused.code === 'forbidden' ? { email: signUp.notAlone } : atField(refused, { words, taken }),
  });
  const name = invitation?.workspaceName ?? session.about.value?.name ?? 'Confab';
  return (
    <DoorPage
      title={signUp.title(name)}
      lead={invitation ? signUp.invitedBy(invitation.invitedBy) : signUp.workAddress}
      foot={<Member />}
    >
      <form class="door__form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <TextField
          label={words.sessions.yourName}
          name="name"
          autoComplete="name"
          autoFocus
          maxLength={limits.nameCharsMax}
          value={values.name}
          onText={(text) => set({ name: text })}
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
          {signUp.submit}
        </Button>
      </form>
    </DoorPage>
  );
}
