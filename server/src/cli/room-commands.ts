import type { Command } from 'commander';
import { surroundingsOf, withDatabase } from './flags.ts';

/** Loaded when a command runs, not when help is shown. */
const open = async () => (await import('./with-administration.ts')).withAdministration;

export function addRoomCommands(confab: Command): void {
  const room = confab.command('room').description('Rooms');
  withDatabase(room.command('list').description('All rooms but the direct ones')).action(
    async (_, command: Command) => {
      const { flags, output } = surroundingsOf(command);
      const withAdministration = await open();
      await withAdministration(flags, 'confab room list', async (administration) => {
        const rows = (await administration.listRooms()).map(({ id, name, kind, topic }) => ({
          id,
          name,
          kind,
          topic,
        }));
        output.table(rows, 'There are no rooms yet.');
      });
    },
  );
}
