import { useApp } from '../app/app-context.ts';
import { useMe } from '../people/use-person.ts';
import { isAdministrator } from '../rooms/may.ts';
import { Panel } from '../settings/panel.tsx';
import { useWholeList } from '../settings/use-whole-list.ts';
import { InvitationForm } from './invitation-form.tsx';
import { InvitationList } from './invitation-list.tsx';

/** Makes links and lists those that can still be used. */
export function Invitations() {
  const { client } = useApp();
  const isAdmin = isAdministrator(useMe()?.role);
  const invitations = useWholeList(async () =>
    [...(await client.call('invitation.list', {})).invitations].sort((a, b) => b.createdAt - a.createdAt),
  );
  return (
    <>
      <Panel title="A new link" note="Whoever has it can join until it expires or is used up.">
        <InvitationForm onCreated={invitations.reload} />
      </Panel>
      <Panel
        title="Links that still work"
        note={
          isAdmin
            ? 'Everybody’s. The address of a link is shown only when it is made.'
            : 'Yours. The address of a link is shown only when it is made.'
        }
      >
        <InvitationList invitations={invitations} />
      </Panel>
    </>
  );
}
