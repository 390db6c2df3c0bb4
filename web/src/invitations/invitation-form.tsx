import { useState } from 'preact/hooks';
import { Link } from 'lucide';
import type { Output, Role } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { useSubmit } from '../app/use-submit.ts';
import { useMe } from '../people/use-person.ts';
import { CopyField } from '../settings/copy-field.tsx';
import { Button } from '../ui/button.tsx';
import { Select } from '../ui/field.tsx';
import { expiryWords, roleNames, usesWords } from './invitation-words.ts';
import { rolesToGive } from './may.ts';
import './invitations.css';

const lives = [
  { value: '1', label: '1 hour' },
  { value: '24', label: '1 day' },
  { value: '168', label: '7 days' },
  { value: '720', label: '30 days' },
] as const;

const uses = [
  { value: '1', label: 'One person' },
  { value: '5', label: '5 people' },
  { value: '25', label: '25 people' },
  { value: '100', label: '100 people' },
  { value: '1000', label: '1,000 people' },
] as const;

type Values = {
  hours: (typeof lives)[number]['value'];
  usesMax: (typeof uses)[number]['value'];
  role: Role;
};
type Made = Output<'invitation.create'>;

export function InvitationForm({ onCreated }: { onCreated: () => void }) {
  const { client, ui } = useApp();
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
      ui.announcer.say('The link is ready');
      onCreated();
    },
    explain: (refused) =>
      refused.code === 'limit_reached'
        ? { form: 'You have as many links as you may. Revoke one first.' }
        : { form: refused.message },
  });
  return (
    <form class="invitation-form" {...form}>
      <FormProblem>{problems.form}</FormProblem>
      <div class="invitation-form__fields">
        <Select label="Works for" value={values.hours} options={lives} onValue={(hours) => set({ hours })} />
        <Select
          label="For how many"
          value={values.usesMax}
          options={uses}
          onValue={(usesMax) => set({ usesMax })}
        />
        {roles.length > 1 && (
          <Select
            label="They become"
            value={values.role}
            options={roles.map((value) => ({ value, label: roleNames[value] }))}
            onValue={(role) => set({ role })}
          />
        )}
        <Button type="submit" variant="primary" icon={Link} busy={busy}>
          Create link
        </Button>
      </div>
      {made && <MadeLink key={made.invitation.id} made={made} />}
    </form>
  );
}

function MadeLink({ made: { invitation, url } }: { made: Made }) {
  const { time } = useApp();
  return (
    <div class="invitation-made">
      <CopyField
        label="Your link"
        autoFocus
        value={new URL(url, location.origin).href}
        hint={`Copy it now: it is not shown again. ${usesWords(invitation)}, ${expiryWords(invitation, time.value)}.`}
      />
    </div>
  );
}
