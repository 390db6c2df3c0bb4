import type { Account, Role } from '@confab/protocol';
import { InvalidArgumentError, type Command } from 'commander';
import type { Config } from '../config.ts';
import { surroundingsOf, withDatabase } from './flags.ts';
import { day } from './output.ts';

/** Loaded when a command runs, not when help is shown. */
const open = async () => (await import('./with-administration.ts')).withAdministration;

export function addUserCommands(confab: Command): void {
  const user = confab.command('user').description('Who belongs to the workspace');

  withDatabase(user.command('add').description('Add a person; the first one becomes the owner'))
    .argument('<email>')
    .argument('<name>', 'as others see it')
    .option('--handle <handle>', 'for mentions; made from the name unless given')
    .option('--role <role>', 'owner, admin or member', role, 'member')
    .option('--workspace <name>', 'what the first person calls the workspace')
    .action(async (email: string, name: string, options: UserAddOptions, command: Command) => {
      const { flags, output } = surroundingsOf(command);
      const withAdministration = await open();
      await withAdministration(flags, 'confab user add', async (administration, config) => {
        const { handle = null, workspace = null } = options;
        const person = { email, name, handle, role: options.role, workspaceName: workspace };
        const { account, resetToken, password } = await administration.addUser(person);
        const link = resetToken === null ? null : resetLink(config, resetToken);
        const way =
          link === null ? `Password, to be changed: ${password}` : `Link to set the password: ${link}`;
        const sentence = `Added ${name} (@${account.user.handle}, ${account.user.role}).\n${way}`;
        output.record({ ...userRow(account), link, password }, sentence);
      });
    });

  withDatabase(user.command('list').description('Everyone, those who were deactivated too')).action(
    async (_, command: Command) => {
      const { flags, output } = surroundingsOf(command);
      const withAdministration = await open();
      await withAdministration(flags, 'confab user list', async (administration) => {
        output.table((await administration.listUsers()).map(userRow), 'Nobody is here yet.');
      });
    },
  );

  withDatabase(
    user.command('reset-password').description('Make a link with which a person sets a new password'),
  )
    .argument('<who>', 'handle, address or id')
    .action(async (who: string, _, command: Command) => {
      const { flags, output } = surroundingsOf(command);
      const withAdministration = await open();
      await withAdministration(flags, 'confab user reset-password', async (administration, config) => {
        const { account, resetToken } = await administration.resetPassword(who);
        const link = resetLink(config, resetToken);
        output.record(
          { ...userRow(account), link },
          `Link for @${account.user.handle} to set a new password: ${link}`,
        );
      });
    });

  withDatabase(user.command('deactivate').description('End all ways in of a person and keep what they wrote'))
    .argument('<who>', 'handle, address or id')
    .action(async (who: string, _, command: Command) => {
      const { flags, output } = surroundingsOf(command);
      const withAdministration = await open();
      await withAdministration(flags, 'confab user deactivate', async (administration) => {
        const account = await administration.deactivateUser(who);
        output.record({ ...userRow(account), deactivated: true }, `Deactivated @${account.user.handle}.`);
      });
    });
}

interface UserAddOptions {
  handle?: string;
  role: Role;
  workspace?: string;
}

function userRow({ user, email, lastSeenAt }: Account) {
  const { id, handle, name, role, deactivated } = user;
  return { id, handle, name, email, role, deactivated, seen: day(lastSeenAt) };
}

function resetLink({ publicUrl, port }: Config, token: string): string {
  return `${publicUrl ?? `http://localhost:${port}`}/reset/${encodeURIComponent(token)}`;
}

function role(text: string): Role {
  const found = (['owner', 'admin', 'member'] as const).find((one) => one === text);
  if (found === undefined) throw new InvalidArgumentError('It is owner, admin or member.');
  return found;
}
