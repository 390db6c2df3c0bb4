import { useState } from 'preact/hooks';
import type { Input, Workspace } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { RowSkeletons } from '../app/list-states.tsx';
import { fieldOf, useSubmit } from '../app/use-submit.ts';
import { refusalText, useWords } from '../language/index.ts';
import { missing, problemsOf } from '../sessions/checks.ts';
import { Panel } from '../settings/panel.tsx';
import { Button } from '../ui/button.tsx';
import { RadioGroup } from '../ui/choice.tsx';
import { TextArea, TextField } from '../ui/field.tsx';
import { domainProblem, domainsIn } from './sign-up-domains.ts';

/** What the workspace is called, and who comes in how. */
export function WorkspaceSection() {
  const { client, live } = useApp();
  live.follow('workspace');
  const { workspace } = client.state;
  return workspace ? <WorkspaceForm workspace={workspace} /> : <RowSkeletons count={3} />;
}

type Values = { name: string; domains: string; invitations: Workspace['invitations'] };

function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const { client, ui } = useApp();
  const words = useWords();
  const said = words.admin.workspace;
  const { discard, save } = words.settings;
  const [typed, setTyped] = useState<Partial<Values>>({});
  const { name, invitations, signUpDomains } = workspace;
  const values: Values = { name, invitations, domains: signUpDomains.join('\n'), ...typed };
  const set = (changed: Partial<Values>): void => setTyped((before) => ({ ...before, ...changed }));
  const changed = changesOf(workspace, values);
  const isChanged = Object.keys(changed).length > 0;
  const { problems, busy, form } = useSubmit<'name' | 'domains'>({
    check: () =>
      problemsOf({
        name: missing(values.name, words.sessions.problems.noWorkspaceName),
        domains: domainProblem(values.domains, words),
      }),
    async submit() {
      if (!isChanged) return;
      const { position } = await client.call('workspace.change', changed);
      await client.reached(position);
      setTyped({});
      ui.toasts.show({ text: said.saved, tone: 'positive' });
    },
    explain(refused) {
      const text = refusalText(words, refused);
      if (fieldOf(refused)?.startsWith('signUpDomains') === true) return { domains: text };
      return fieldOf(refused) === 'name' ? { name: text } : { form: text };
    },
  });
  return (
    <form class="admin-sections" {...form}>
      <FormProblem>{problems.form}</FormProblem>
      <Panel title={said.name} note={said.nameNote}>
        <div class="panel__form">
          <TextField
            label={said.nameLabel}
            hideLabel
            maxLength={80}
            value={values.name}
            onText={(text) => set({ name: text })}
            error={problems.name}
          />
        </div>
      </Panel>
      <Panel title={said.joining} note={said.joiningNote}>
        <div class="panel__form">
          <TextArea
            label={said.domains}
            placeholder="example.org"
            rowsMin={2}
            rowsMax={10}
            spellcheck={false}
            autoCapitalize="none"
            value={values.domains}
            onText={(domains) => set({ domains })}
            error={problems.domains}
            hint={values.domains.trim() === '' ? said.noDomains : undefined}
          />
        </div>
      </Panel>
      <Panel title={said.invitations}>
        <RadioGroup
          label={said.whoInvites}
          value={values.invitations}
          onValue={(policy) => set({ invitations: policy })}
          options={[
            { value: 'everyone', label: said.everyone, hint: said.everyoneHint },
            { value: 'admins', label: said.admins, hint: said.adminsHint },
          ]}
        />
      </Panel>
      <div class="panel__buttons">
        <Button type="submit" variant="primary" busy={busy} disabled={!isChanged}>
          {save}
        </Button>
        {isChanged && (
          <Button variant="quiet" onClick={() => setTyped({})}>
            {discard}
          </Button>
        )}
      </div>
    </form>
  );
}

/** Only what differs is sent. */
function changesOf(workspace: Workspace, values: Values): Input<'workspace.change'> {
  const signUpDomains = domainsIn(values.domains);
  const name = values.name.trim();
  return {
    ...(name === workspace.name ? {} : { name }),
    ...(signUpDomains.join() === workspace.signUpDomains.join() ? {} : { signUpDomains: [...signUpDomains] }),
    ...(values.invitations === workspace.invitations ? {} : { invitations: values.invitations }),
  };
}
