import { useState } from 'preact/hooks';
import { Mail } from 'lucide';
import { limits } from '@confab/protocol/limits';
import type { Output, Role } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { refusalText, useWords } from '../language/index.ts';
import { useMe } from '../people/use-person.ts';
import { Button } from '../ui/button.tsx';
import { Select, TextArea } from '../ui/field.tsx';
import { addressesIn, isAddress } from './addresses.ts';
import { rolesToGive } from './may.ts';

/** Invites the people of some addresses by mail, each with a link for one. */
export function InvitationMails({ onSent }: { onSent: () => void }) {
  const { client, ui } = useApp();
  const words = useWords();
  const { mails: said, form: asked, roles: roleNames } = words.invitations;
  const [text, setText] = useState('');
  const [role, setRole] = useState<Role>('member');
  const [sent, setSent] = useState<Output<'invitation.send'> | null>(null);
  const { problems, busy, form } = useSubmit<'emails'>({
    check() {
      const emails = addressesIn(text);
      const wrong = emails.find((email) => !isAddress(email));
      if (emails.length === 0) return { emails: said.none };
      if (wrong !== undefined) return { emails: said.wrong(wrong) };
      return emails.length > limits.invitationMailsMax
        ? { emails: said.tooMany(limits.invitationMailsMax) }
        : {};
    },
    async submit() {
      const answer = await client.call('invitation.send', { emails: addressesIn(text), role });
      setSent(answer);
      setText('');
      ui.announcer.say(said.sent(answer.invitations.length));
      onSent();
    },
    explain: (refused) =>
      refused.code === 'limit_reached' ? { form: asked.tooMany } : { form: refusalText(words, refused) },
  });
  return (
    <form class="invitation-form" {...form}>
      <FormProblem>{problems.form}</FormProblem>
      <TextArea
        label={said.addresses}
        hint={said.hint(limits.invitationMailsMax)}
        rows={3}
        value={text}
        onText={setText}
        error={problems.emails}
      />
      <div class="invitation-form__fields">
        <Select
          label={asked.role}
          value={role}
          options={rolesToGive(useMe()?.role).map((value) => ({ value, label: roleNames[value] }))}
          onValue={setRole}
        />
        <Button type="submit" variant="primary" icon={Mail} busy={busy}>
          {said.submit}
        </Button>
      </div>
      {sent && (
        <div class="invitation-made">
          <p>{said.sent(sent.invitations.length)}</p>
          {sent.members.length > 0 && <p>{said.members(sent.members.join(', '))}</p>}
        </div>
      )}
    </form>
  );
}
