import { useEffect, useState } from 'preact/hooks';
import { limits } from '@confab/protocol/limits';
import type { Output } from '@confab/protocol';
import { Refused } from '@confab/client';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
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
  switch (look.state) {
    case 'looking':
      return (
        <main class="door">
          <Delayed>
            <Spinner label="Opening the invitation" size={24} />
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
  const isGone = refused.code === 'gone';
  return (
    <DoorPage
      title={isGone ? 'This invitation no longer works' : 'That did not work'}
      lead={
        isGone
          ? 'It has expired or was used up. Ask whoever sent it for a new one.'
          : `${refused.message} Try again in a moment.`
      }
    >
      <Button size="l" wide onClick={() => location.reload()} hidden={isGone}>
        Try again
      </Button>
      <p>
        Already a member? <a href="/">Sign in</a>
      </p>
    </DoorPage>
  );
}

const taken = {
  name: '',
  email: 'Somebody has this address already. Maybe you, and you can sign in?',
  password: '',
};

function SignUpForm({
  secret,
  invitation,
}: {
  secret: string | null;
  invitation: Output<'invitation.look'> | null;
}) {
  const { http, session, router } = useApp();
  const [values, setValues] = useState({ name: '', email: '', password: '' });
  const set = (changed: Partial<typeof values>): void => setValues((before) => ({ ...before, ...changed }));
  const { problems, busy, form } = useSubmit<keyof typeof values>({
    check: () =>
      problemsOf({
        name: missing(values.name, 'Enter your name, as the others should see it.'),
        email: emailProblem(values.email),
        password: passwordProblem(values.password),
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
      refused.code === 'forbidden'
        ? { email: 'This address cannot join by itself. Ask for an invitation.' }
        : atField(refused, taken),
  });
  const name = invitation?.workspaceName ?? session.about.value?.name ?? 'Confab';
  return (
    <DoorPage
      title={`Join ${name}`}
      lead={invitation ? `${invitation.invitedBy} invited you.` : 'Use your work address.'}
      foot={
        <>
          Already a member? <a href="/">Sign in</a>
        </>
      }
    >
      <form class="door__form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <TextField
          label="Your name"
          name="name"
          autoComplete="name"
          autoFocus
          maxLength={limits.nameCharsMax}
          value={values.name}
          onText={(text) => set({ name: text })}
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
          Join
        </Button>
      </form>
    </DoorPage>
  );
}
