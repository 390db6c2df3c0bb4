import { useState } from 'preact/hooks';
import type { Input, Workspace } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { FormProblem } from '../app/form-problem.tsx';
import { RowSkeletons } from '../app/list-states.tsx';
import { fieldOf, useSubmit } from '../app/use-submit.ts';
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

const policies = [
  { value: 'everyone', label: 'Everyone', hint: 'Any member can make links for new members.' },
  { value: 'admins', label: 'Only administrators', hint: 'Links that members made before stop working.' },
] as const;

function WorkspaceForm({ workspace }: { workspace: Workspace }) {
  const { client, ui } = useApp();
  const [typed, setTyped] = useState<Partial<Values>>({});
  const { name, invitations, signUpDomains } = workspace;
  const values: Values = { name, invitations, domains: signUpDomains.join('\n'), ...typed };
  const set = (changed: Partial<Values>): void => setTyped((before) => ({ ...before, ...changed }));
  const changed = changesOf(workspace, values);
  const isChanged = Object.keys(changed).length > 0;
  const { problems, busy, form } = useSubmit<'name' | 'domains'>({
    check: () =>
      problemsOf({
        name: missing(values.name, 'Give the workspace a name.'),
        domains: domainProblem(values.domains),
      }),
    async submit() {
      if (!isChanged) return;
      const { position } = await client.call('workspace.change', changed);
      await client.reached(position);
      setTyped({});
      ui.toasts.show({ text: 'Workspace saved', tone: 'positive' });
    },
    explain: (refused) =>
      fieldOf(refused)?.startsWith('signUpDomains') === true
        ? { domains: refused.message }
        : fieldOf(refused) === 'name'
          ? { name: refused.message }
          : { form: refused.message },
  });
  return (
    <form class="admin-sections" {...form}>
      <FormProblem>{problems.form}</FormProblem>
      <Panel title="Name" note="Shown above the list of rooms and where people sign in.">
        <div class="panel__form">
          <TextField
            label="Name of the workspace"
            hideLabel
            maxLength={80}
            value={values.name}
            onText={(text) => set({ name: text })}
            error={problems.name}
          />
        </div>
      </Panel>
      <Panel
        title="Joining without an invitation"
        note="People with an address of one of these domains can create an account themselves. No mail is sent to check the address: whoever knows the domain can come in."
      >
        <div class="panel__form">
          <TextArea
            label="Domains, one on each line"
            placeholder="example.org"
            rowsMin={2}
            rowsMax={10}
            spellcheck={false}
            autoCapitalize="none"
            value={values.domains}
            onText={(domains) => set({ domains })}
            error={problems.domains}
            hint={values.domains.trim() === '' ? 'None: people need an invitation.' : undefined}
          />
        </div>
      </Panel>
      <Panel title="Invitations">
        <RadioGroup
          label="Who may make invitation links"
          value={values.invitations}
          onValue={(policy) => set({ invitations: policy })}
          options={policies}
        />
      </Panel>
      <div class="panel__buttons">
        <Button type="submit" variant="primary" busy={busy} disabled={!isChanged}>
          Save changes
        </Button>
        {isChanged && (
          <Button variant="quiet" onClick={() => setTyped({})}>
            Discard
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
