import type { Output, Role, User } from '@confab/protocol';
import type { App } from '../app/app-context.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { showResetLink } from './reset-link.tsx';

type RoleChange = { person: User; role: Role; isMe: boolean };

/** Giving everything away, or one's own rights, is asked about first. */
export function askRole(app: App, change: RoleChange): void {
  const { person, role, isMe } = change;
  if (role === person.role) return;
  if (role !== 'owner' && !isMe) return void giveRole(app, change);
  const words = app.words.value.admin.changeRole;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={isMe ? words.becomeTitles[role] : words.makeOwnerTitle(person.name)}
      confirmLabel={isMe ? words.become : words.makeOwner}
      danger
      onConfirm={() => giveRole(app, change)}
      onClose={close}
    >
      {isMe ? words.becomeNote : words.makeOwnerNote(person.name)}
    </ConfirmDialog>
  ));
}

async function giveRole(app: App, { person, role, isMe }: RoleChange): Promise<void> {
  const { attempt, client, ui, words } = app;
  if (!(await attempt(client.call('user.setRole', { userId: person.id, role })))) return;
  const { theyAre, youAre } = words.value.admin.changeRole;
  ui.toasts.show({ text: isMe ? youAre[role] : theyAre[role](person.name), tone: 'positive' });
}

/** The link is shown when the question is gone, so that the focus goes back to where it was asked. */
export function askReset(app: App, person: User): void {
  const { client, attempt } = app;
  const words = app.words.value.admin;
  let made: Output<'user.resetPassword'> | null = null;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={words.reset.title(person.name)}
      confirmLabel={words.people.resetPassword}
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
      {words.reset.note}
    </ConfirmDialog>
  ));
}

export function askDeactivate(app: App, person: User): void {
  const { client, attempt, ui } = app;
  const words = app.words.value.admin;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={words.deactivation.title(person.name)}
      confirmLabel={words.people.deactivate}
      danger
      onConfirm={async () => {
        if (!(await attempt(client.call('user.deactivate', { userId: person.id })))) return;
        ui.toasts.show({ text: words.deactivation.done(person.name) });
      }}
      onClose={close}
    >
      {words.deactivation.note}
    </ConfirmDialog>
  ));
}

export async function reactivate({ client, attempt, ui, words }: App, person: User): Promise<void> {
  if (!(await attempt(client.call('user.reactivate', { userId: person.id })))) return;
  ui.toasts.show({ text: words.value.admin.people.reactivated(person.name), tone: 'positive' });
}
