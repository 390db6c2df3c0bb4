import { MailX } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { MainFrame } from '../app/main-frame.tsx';
import { useWords } from '../language/index.ts';
import { useMe } from '../people/use-person.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Invitations } from './invitations.tsx';
import { mayInvite } from './may.ts';
import './invitations.css';

/** Links by which people come in, for whoever may make them. */
export function InvitationsPage() {
  const { client, live } = useApp();
  const words = useWords().invitations;
  live.follow('workspace');
  const role = useMe()?.role;
  const may = mayInvite(role, client.state.workspace);
  return (
    <MainFrame title={words.title}>
      {may ? (
        <div class="main-frame__scroll">
          <div class="invitations">
            <Invitations />
          </div>
        </div>
      ) : (
        <EmptyState icon={MailX} title={words.onlyAdmins}>
          {words.onlyAdminsNote}
        </EmptyState>
      )}
    </MainFrame>
  );
}
