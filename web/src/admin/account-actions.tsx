import type { Output, Role, User } from '@confab/protocol';
import type { App } from '../app/app-context.ts';
import { roleNames } from '../invitations/invitation-words.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { showResetLink } from './reset-link.tsx';

type RoleChange = { person: User; role: Role; isMe: boolean };

/** Giving everything away, or one's own rights, is asked about first. */
export function askRole(app: App, change: RoleChange): void {
  const { person, role, isMe } = change;
  if (role === person.role) return;
  if (role !== 'owner' && !isMe) return void giveRole(app, change);
  const words = isMe
    ? 'You cannot take this back yourself; another owner or administrator can.'
    : `${person.name} can then do everything here: change and deactivate anybody, you too.`;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={isMe ? `Become ${aRole(role)}?` : `Make ${person.name} an owner?`}
      confirmLabel={isMe ? 'Change my role' : 'Make owner'}
      danger
      onConfirm={() => giveRole(app, change)}
      onClose={close}
    >
      {words}
    </ConfirmDialog>
  ));
}

async function giveRole({ attempt, client, ui }: App, { person, role, isMe }: RoleChange): Promise<void> {
  if (!(await attempt(client.call('user.setRole', { userId: person.id, role })))) return;
  ui.toasts.show({ text: `${isMe ? 'You are' : `${person.name} is`} ${aRole(role)} now`, tone: 'positive' });
}

/** "an owner" */
function aRole(role: Role): string {
  const name = roleNames[role].toLowerCase();
  return role === 'member' ? `a ${name}` : `an ${name}`;
}

/** The link is shown when the question is gone, so that the focus goes back to where it was asked. */
export function askReset(app: App, person: User): void {
  const { client, attempt } = app;
  let made: Output<'user.resetPassword'> | null = null;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={`Reset the password of ${person.name}?`}
      confirmLabel="Reset password"
      danger
      onConfirm={async () => {
        const resetting = client.call('user.resetPassword', { userId: person.id });
        await attempt(resetting.then((answer) => (made = answer)));
      }}
      onClose={() => {
        close();
        if (made) showResetLink(app, { ...made, name: person.name, isNew: false });
      }}
    >
      The present one stops working and they are signed out everywhere. You get a link with which they set a
      new one.
    </ConfirmDialog>
  ));
}

export function askDeactivate(app: App, person: User): void {
  const { client, attempt, ui } = app;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={`Deactivate ${person.name}?`}
      confirmLabel="Deactivate"
      danger
      onConfirm={async () => {
        if (!(await attempt(client.call('user.deactivate', { userId: person.id })))) return;
        ui.toasts.show({ text: `${person.name} is deactivated` });
      }}
      onClose={close}
    >
      They are signed out everywhere and their tokens stop working. What they wrote stays, and you can let
      them in again.
    </ConfirmDialog>
  ));
}

export async function reactivate({ client, attempt, ui }: App, person: User): Promise<void> {
  if (!(await attempt(client.call('user.reactivate', { userId: person.id })))) return;
  ui.toasts.show({ text: `${person.name} can sign in again`, tone: 'positive' });
}
