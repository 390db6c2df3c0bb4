import { useState } from 'preact/hooks';
import type { Output, Token } from '@confab/protocol';
import { useApp, type App } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { fieldOf, useSubmit } from '../app/use-submit.ts';
import { refusalText, useWords, type Words } from '../language/index.ts';
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

const scopes: readonly Scope[] = ['read', 'write', 'admin'];

/** Days; a year and never have words of their own. */
const lives = ['7', '30', '90', '365', 'never'] as const;
type Life = (typeof lives)[number];

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
  const words = useWords();
  const { tokens } = words.settings;
  const said = tokens.form;
  const isAdmin = isAdministrator(useMe()?.role);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<readonly Scope[]>(['read', 'write']);
  const [life, setLife] = useState<Life>('90');
  const { problems, busy, form } = useSubmit<'name' | 'scopes'>({
    check: () =>
      problemsOf({
        name: missing(name, said.noName),
        scopes: chosen.length === 0 ? said.noScope : undefined,
      }),
    async submit() {
      const days = life === 'never' ? null : Number(life);
      onCreated(await client.call('token.create', { name: name.trim(), scopes: [...chosen], days }));
    },
    explain: (refused) =>
      fieldOf(refused) === 'name'
        ? { name: refusalText(words, refused) }
        : { form: refused.code === 'limit_reached' ? said.tooMany : refusalText(words, refused) },
  });
  return (
    <Dialog
      title={tokens.create}
      description={said.note}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.ui.cancel}</Button>
          <Button type="submit" form="create-token" variant="primary" busy={busy}>
            {said.submit}
          </Button>
        </>
      }
    >
      <form id="create-token" class="create-token" {...form}>
        <FormProblem>{problems.form}</FormProblem>
        <TextField
          label={said.name}
          placeholder={said.namePlaceholder}
          autoFocus
          autoComplete="off"
          maxLength={80}
          value={name}
          onText={setName}
          error={problems.name}
        />
        <fieldset class="create-token__scopes">
          <legend class="ui-field__label">{said.scopes}</legend>
          {scopes
            .filter((scope) => scope !== 'admin' || isAdmin)
            .map((scope) => (
              <Checkbox
                key={scope}
                label={tokens.scopes[scope]}
                hint={tokens.scopeHints[scope]}
                checked={chosen.includes(scope)}
                onChecked={(on) => setChosen(withScope(chosen, scope, on))}
              />
            ))}
          <FormProblem>{problems.scopes}</FormProblem>
        </fieldset>
        <Select
          label={said.life}
          value={life}
          options={lives.map((one) => ({ value: one, label: lifeWords(one, said) }))}
          onValue={setLife}
          {...(life === 'never' ? { hint: said.neverHint } : {})}
        />
      </form>
    </Dialog>
  );
}

function lifeWords(life: Life, said: Words['settings']['tokens']['form']): string {
  if (life === 'never') return said.never;
  return life === '365' ? said.year : said.days(Number(life));
}

function withScope(chosen: readonly Scope[], scope: Scope, on: boolean): readonly Scope[] {
  return scopes.filter((one) => (one === scope ? on : chosen.includes(one)));
}

/** Shown once; only its own button closes it. */
function SecretDialog({ token, secret, onClose }: Created & { onClose: () => void }) {
  const { done, tokens } = useWords().settings;
  const words = tokens.made;
  const example = `curl ${location.origin}/api/v1/session \\\n  -H "Authorization: Bearer ${secret}"`;
  return (
    <Dialog
      title={words.title(token.name)}
      description={words.note}
      onClose={onClose}
      dismissable={false}
      actions={
        <Button variant="primary" onClick={onClose}>
          {done}
        </Button>
      }
    >
      <CopyField label={words.token} value={secret} autoFocus />
      <CopyBlock label={words.example} text={example} />
    </Dialog>
  );
}
