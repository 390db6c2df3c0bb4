import { useState } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { useWords } from '../language/index.ts';
import { DoorPage } from '../sessions/door-page.tsx';
import { Button } from '../ui/button.tsx';

/** Where the link in a mail leads. It asks, since programs that look at links open them too. */
export function UnsubscribePage({ token }: { token: string }) {
  const { http, ui } = useApp();
  const words = useWords().notices.mail.unsubscribe;
  const [isDone, setDone] = useState(false);
  const { problems, busy, form } = useSubmit<never>({
    check: () => ({}),
    async submit() {
      await http.call('missedMail.unsubscribe', { token });
      setDone(true);
      ui.announcer.say(words.doneTitle);
    },
    explain: (refused) => (refused.code === 'gone' ? { form: words.gone } : undefined),
  });
  const foot = <a href="/settings/notifications">{words.settings}</a>;
  if (isDone) return <DoorPage title={words.doneTitle} lead={words.done} foot={foot} />;
  return (
    <DoorPage title={words.title} lead={words.lead} foot={foot}>
      <form class="door__form" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <Button type="submit" variant="primary" size="l" wide busy={busy}>
          {words.submit}
        </Button>
      </form>
    </DoorPage>
  );
}
