import { InvalidArgumentError, type Command } from 'commander';
import { surroundingsOf, withDatabase } from './flags.ts';
import { day } from './output.ts';

/** Loaded when a command runs, not when help is shown. */
const open = async () => (await import('./with-administration.ts')).withAdministration;

export function addTokenCommands(confab: Command): void {
  const token = confab.command('token').description('Access tokens, with which a program acts as a person');

  withDatabase(token.command('add').description('Make a token; it is shown once'))
    .argument('<who>', 'handle, address or id')
    .argument('<name>', 'what it is for')
    .option('--scopes <list>', 'read, write, admin', scopes, ['read', 'write'])
    .option('--days <number>', 'until it expires; 0 for never', days, 90)
    .action(async (who: string, name: string, options: TokenAddOptions, command: Command) => {
      const { flags, output } = surroundingsOf(command);
      const withAdministration = await open();
      await withAdministration(flags, 'confab token add', async (administration) => {
        const made = await administration.addToken(who, {
          name,
          scopes: options.scopes,
          days: options.days === 0 ? null : options.days,
        });
        output.record({ ...made.token, secret: made.secret }, made.secret);
      });
    });

  withDatabase(token.command('list').description('The tokens of a person'))
    .argument('<who>', 'handle, address or id')
    .action(async (who: string, _, command: Command) => {
      const { flags, output } = surroundingsOf(command);
      const withAdministration = await open();
      await withAdministration(flags, 'confab token list', async (administration) => {
        const rows = (await administration.listTokens(who)).map(
          ({ id, name, scopes, expiresAt, lastUsedAt }) => ({
            id,
            name,
            scopes: scopes.join(','),
            expires: day(expiresAt),
            used: day(lastUsedAt),
          }),
        );
        output.table(rows, `${who} has no tokens.`);
      });
    });

  withDatabase(token.command('revoke').description('Make a token useless'))
    .argument('<who>', 'handle, address or id')
    .argument('<token>', 'its id, as the list shows it')
    .action(async (who: string, id: string, _, command: Command) => {
      const { flags, output } = surroundingsOf(command);
      const withAdministration = await open();
      await withAdministration(flags, 'confab token revoke', async (administration) => {
        await administration.revokeToken(who, id);
        output.record({ id, revoked: true }, `Revoked token ${id}.`);
      });
    });
}

interface TokenAddOptions {
  scopes: ('read' | 'write' | 'admin')[];
  days: number;
}

function scopes(text: string): TokenAddOptions['scopes'] {
  return text.split(',').map((one) => {
    const found = (['read', 'write', 'admin'] as const).find((scope) => scope === one.trim());
    if (found === undefined)
      throw new InvalidArgumentError('They are read, write and admin, separated by commas.');
    return found;
  });
}

function days(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('It is a whole number.');
  return Number(text);
}
