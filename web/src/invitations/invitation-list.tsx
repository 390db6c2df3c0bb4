import { Link, Link2Off } from 'lucide';
import type { Invitation } from '@confab/protocol';
import { useApp, type App } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import type { Paged } from '../app/use-pages.ts';
import { usePerson } from '../people/use-person.ts';
import { ago } from '../settings/ago.ts';
import { Tag } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { expiryWords, roleNames, usesWords } from './invitation-words.ts';

export function InvitationList({ invitations }: { invitations: Paged<Invitation> }) {
  return (
    <ListOf
      pages={invitations}
      label="Links that still work"
      class="rows"
      render={(invitation) => (
        <InvitationRow key={invitation.id} invitation={invitation} onRevoked={invitations.reload} />
      )}
      empty={
        <EmptyState icon={Link2Off} title="No links">
          Make one above and send it to whoever should join.
        </EmptyState>
      }
    />
  );
}

function InvitationRow({ invitation, onRevoked }: { invitation: Invitation; onRevoked: () => void }) {
  const app = useApp();
  const time = app.time.value;
  const maker = usePerson(invitation.createdBy);
  const isMine = invitation.createdBy === app.client.state.me?.userId;
  const made = `Made ${ago(invitation.createdAt, time)} by ${isMine ? 'you' : (maker?.name ?? '…')}`;
  return (
    <li>
      <span class="rows__icon">
        <Icon of={Link} size={18} />
      </span>
      <span class="rows__words">
        <span class="rows__name">
          {usesWords(invitation)}
          {invitation.role !== 'member' && <Tag tone="warning">{roleNames[invitation.role]}</Tag>}
        </span>
        <span class="rows__note">
          {made} · {expiryWords(invitation, time)}
        </span>
      </span>
      <Button
        variant="danger-quiet"
        onClick={() => confirmRevoke(app, invitation, onRevoked)}
        aria-label={`Revoke: ${usesWords(invitation)}, ${made}`}
      >
        Revoke
      </Button>
    </li>
  );
}

function confirmRevoke(app: App, { id }: Invitation, onRevoked: () => void): void {
  app.dialogs.show((close) => (
    <ConfirmDialog
      title="Revoke this link?"
      confirmLabel="Revoke link"
      danger
      onConfirm={async () => {
        if (await app.attempt(app.client.call('invitation.revoke', { invitationId: id }))) onRevoked();
      }}
      onClose={close}
    >
      Nobody can join with it any more. Those who already did stay.
    </ConfirmDialog>
  ));
}
