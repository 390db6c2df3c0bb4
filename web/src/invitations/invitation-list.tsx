import { Link, Link2Off } from 'lucide';
import type { Invitation } from '@confab/protocol';
import { useApp, type App } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import type { Paged } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { usePerson } from '../people/use-person.ts';
import { ago } from '../settings/ago.ts';
import { Tag } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { expiryWords, usesWords } from './invitation-words.ts';

export function InvitationList({ invitations }: { invitations: Paged<Invitation> }) {
  const words = useWords().invitations.list;
  return (
    <ListOf
      pages={invitations}
      label={words.title}
      class="rows"
      render={(invitation) => (
        <InvitationRow key={invitation.id} invitation={invitation} onRevoked={invitations.reload} />
      )}
      empty={
        <EmptyState icon={Link2Off} title={words.none}>
          {words.noneNote}
        </EmptyState>
      }
    />
  );
}

function InvitationRow({ invitation, onRevoked }: { invitation: Invitation; onRevoked: () => void }) {
  const app = useApp();
  const words = useWords();
  const { list: said, roles } = words.invitations;
  const time = app.time.value;
  const maker = usePerson(invitation.createdBy);
  const isMine = invitation.createdBy === app.client.state.me?.userId;
  const when = ago(invitation.createdAt, time, words);
  const made = isMine ? said.madeByYou(when) : said.madeBy(when, maker?.name ?? '…');
  const uses = usesWords(invitation, words);
  return (
    <li>
      <span class="rows__icon">
        <Icon of={Link} size={18} />
      </span>
      <span class="rows__words">
        <span class="rows__name">
          {uses}
          {invitation.role !== 'member' && <Tag tone="warning">{roles[invitation.role]}</Tag>}
        </span>
        <span class="rows__note">
          {made} · {expiryWords(invitation, time, words)}
        </span>
      </span>
      <Button
        variant="danger-quiet"
        onClick={() => confirmRevoke(app, invitation, onRevoked)}
        aria-label={said.revokeWhich(uses, made)}
      >
        {said.revoke}
      </Button>
    </li>
  );
}

function confirmRevoke(app: App, { id }: Invitation, onRevoked: () => void): void {
  const words = app.words.value.invitations.list;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={words.revokeTitle}
      confirmLabel={words.revokeLink}
      danger
      onConfirm={async () => {
        if (await app.attempt(app.client.call('invitation.revoke', { invitationId: id }))) onRevoked();
      }}
      onClose={close}
    >
      {words.revokeNote}
    </ConfirmDialog>
  ));
}
