import { useEffect } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { useMe } from '../people/use-person.ts';
import { isAdministrator } from '../rooms/may.ts';
import { Panel } from '../settings/panel.tsx';
import { useWholeList } from '../settings/use-whole-list.ts';
import { InvitationForm } from './invitation-form.tsx';
import { InvitationMails } from './invitation-mails.tsx';
import { InvitationList } from './invitation-list.tsx';

/** Makes links and lists those that can still be used. */
export function Invitations() {
  const { attempt, client, session } = useApp();
  const { form, list, mails } = useWords().invitations;
  const isAdmin = isAdministrator(useMe()?.role);
  const invitations = useWholeList(async () =>
    [...(await client.call('invitation.list', {})).invitations].sort((a, b) => b.createdAt - a.createdAt),
  );
  useEffect(() => void attempt(session.learnAbout()), []);
  return (
    <>
      {isAdmin && session.about.value?.mail === true && (
        <Panel title={mails.title} note={mails.note}>
          <InvitationMails onSent={invitations.reload} />
        </Panel>
      )}
      <Panel title={form.title} note={form.note}>
        <InvitationForm onCreated={invitations.reload} />
      </Panel>
      <Panel title={list.title} note={isAdmin ? list.everybodys : list.yours}>
        <InvitationList invitations={invitations} />
      </Panel>
    </>
  );
}
