import { useState } from 'preact/hooks';
import { Link } from 'lucide';
import type { Output, Role } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { refusalText, useWords, type Words } from '../language/index.ts';
import { useMe } from '../people/use-person.ts';
import { CopyField } from '../settings/copy-field.tsx';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/field.tsx';
import { expiryWords, usesWords } from './invitation-words.ts';
import { rolesToGive } from './may.ts';
import './invitations.css';

/** Hours. */
const lives = ['1', '24', '168', '720'] as const;
const uses = ['1', '5', '25', '100', '1000'] as const;

type Values = {
  hours: (typeof lives)[number];
  usesMax: (typeof uses)[number];
  role: Role;
};
type Made = Output<'invitation.create'>;

export function InvitationForm({ onCreated }: { onCreated: () => void }) {
  const { client, ui } = useApp();
  const words = useWords();
  const { form: said, roles: roleNames } = words.invitations;
  const roles = rolesToGive(useMe()?.role);
  const [values, setValues] = useState<Values>({ hours: '168', usesMax: '25', role: 'member' });
  const [made, setMade] = useState<Made | null>(null);
  const set = (changed: Partial<Values>): void => setValues((before) => ({ ...before, ...changed }));
  const { problems, busy, form } = useSubmit<never>({
    check: () => ({}),
    async submit() {
      const { hours, usesMax, role } = values;
      setMade(
        await client.call('invitation.create', { hours: Number(hours), usesMax: Number(usesMax), role }),
      );
      ui.announcer.say(said.ready);
      onCreated();
    },
    explain: (refused) =>
      refused.code === 'limit_reached' ? { form: said.tooMany } : { form: refusalText(words, refused) },
  });
  return (
    <form class="invitation-form" {...form}>
      <FormProblem>{problems.form}</FormProblem>
      <div class="invitation-form__fields">
        <Select
          label={said.life}
          value={values.hours}
          options={lives.map((value) => ({ value, label: lifeWords(Number(value), said) }))}
          onValue={(hours) => set({ hours })}
        />
        <Select
          label={said.uses}
          value={values.usesMax}
          options={uses.map((value) => ({ value, label: said.people(Number(value)) }))}
          onValue={(usesMax) => set({ usesMax })}
        />
        {roles.length > 1 && (
          <Select
            label={said.role}
            value={values.role}
            options={roles.map((value) => ({ value, label: roleNames[value] }))}
            onValue={(role) => set({ role })}
          />
        )}
        <Button type="submit" variant="primary" icon={Link} busy={busy}>
          {said.submit}
        </Button>
      </div>
      {made && <MadeLink key={made.invitation.id} made={made} />}
    </form>
  );
}

function lifeWords(hours: number, said: Words['invitations']['form']): string {
  return hours < 24 ? said.hours(hours) : said.days(hours / 24);
}

function MadeLink({ made: { invitation, url } }: { made: Made }) {
  const { time } = useApp();
  const words = useWords();
  const said = words.invitations.form;
  return (
    <div class="invitation-made">
      <CopyField
        label={said.made}
        autoFocus
        value={new URL(url, location.origin).href}
        hint={said.madeNote(usesWords(invitation, words), expiryWords(invitation, time.value, words))}
      />
    </div>
  );
}
