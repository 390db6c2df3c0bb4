import { useState } from 'preact/hooks';
import type { Output, Token } from '@confab/protocol';
import { useApp, type App } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { fieldOf, useSubmit } from '../app/use-submit.ts';
import { useMe } from '../people/use-person.ts';
import { isAdministrator } from '../rooms/may.ts';
import { missing, problemsOf } from '../sessions/checks.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Select, TextField } from '../ui/field.tsx';
import { CopyBlock } from './copy-block.tsx';
import { CopyField } from './copy-field.tsx';
import './create-token.css';

export function openCreateToken(app: App, onCreated: () => void): void {
  app.dialogs.show((close) => <CreateTokenDialog onCreated={onCreated} onClose={close} />);
}

type Scope = Token['scopes'][number];
type Created = Output<'token.create'>;

const scopes: readonly { value: Scope; label: string; hint: string }[] = [
  { value: 'read', label: 'Read', hint: 'See what you see: rooms, messages, people.' },
  { value: 'write', label: 'Write', hint: 'Send messages, join rooms, change your settings.' },
  { value: 'admin', label: 'Administer', hint: 'Change people and the workspace, as you may.' },
];

const lives = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: 'never', label: 'Never' },
] as const;

function CreateTokenDialog({ onCreated, onClose }: { onCreated: () => void; onClose: () => void }) {
  const [created, setCreated] = useState<Created | null>(null);
  if (created) return <SecretDialog {...created} onClose={onClose} />;
  return (
    <TokenForm
      onClose={onClose}
      onCreated={(made) => {
        setCreated(made);
        onCreated();
      }}
    />
  );
}

function TokenForm({ onCreated, onClose }: { onCreated: (created: Created) => void; onClose: () => void }) {
  const { client } = useApp();
  const isAdmin = isAdministrator(useMe()?.role);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Scope[]>(['read', 'write']);
  const [life, setLife] = useState<(typeof lives)[number]['value']>('90');
  const { problems, busy, form } = useSubmit<'name' | 'scopes'>({
    check: () =>
      problemsOf({
        name: missing(name, 'Give it a name, so that you know later what it is for.'),
        scopes: chosen.length === 0 ? 'Choose at least one thing it may do.' : undefined,
      }),
    async submit() {
      const days = life === 'never' ? null : Number(life);
      onCreated(await client.call('token.create', { name: name.trim(), scopes: [...chosen], days }));
    },
    explain: (refused) =>
      fieldOf(refused) === 'name'
        ? { name: refused.message }
        : refused.code === 'limit_reached'
          ? { form: 'You have as many tokens as you may. Revoke one first.' }
          : { form: refused.message },
  });
  return (
    <Dialog
      title="Create a token"
      description="A program that has it acts as you, within what you allow here."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="create-token" variant="primary" busy={busy}>
            Create
          </Button>
        </>
      }
    >
      <form id="create-token" class="create-token" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <TextField
          label="Name"
          placeholder="Deploy bot"
          autoFocus
          autoComplete="off"
          maxLength={80}
          value={name}
          onText={setName}
          error={problems.name}
        />
        <fieldset class="create-token__scopes">
          <legend class="ui-field__label">What it may do</legend>
          {scopes
            .filter(({ value }) => value !== 'admin' || isAdmin)
            .map(({ value, label, hint }) => (
              <Checkbox
                key={value}
                label={label}
                hint={hint}
                checked={chosen.includes(value)}
                onChecked={(on) => setChosen(withScope(chosen, value, on))}
              />
            ))}
          <FormProblem>{problems.scopes}</FormProblem>
        </fieldset>
        <Select
          label="Expires after"
          value={life}
          options={lives}
          onValue={setLife}
          {...(life === 'never' ? { hint: 'Revoke it yourself when it is no longer needed.' } : {})}
        />
      </form>
    </Dialog>
  );
}

function withScope(chosen: readonly Scope[], scope: Scope, on: boolean): readonly Scope[] {
  const all: readonly Scope[] = ['read', 'write', 'admin'];
  return all.filter((one) => (one === scope ? on : chosen.includes(one)));
}

/** Shown once; only its own button closes it. */
function SecretDialog({ token, secret, onClose }: Created & { onClose: () => void }) {
  const example = `curl ${location.origin}/api/v1/session \\\n  -H "Authorization: Bearer ${secret}"`;
  return (
    <Dialog
      title={`“${token.name}” is ready`}
      description="Copy it now and keep it as you would a password. It is not shown again."
      onClose={onClose}
      dismissable={false}
      actions={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <CopyField label="Token" value={secret} autoFocus />
      <CopyBlock label="Try it" text={example} />
    </Dialog>
  );
}
