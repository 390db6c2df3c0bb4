/**
 * The command line: `confab start`, `confab user add` … Owns words, columns and exit codes. Promises one sentence and a
 * non-zero exit when something is wrong, and JSON on request. Refuses to know how anything is done.
 */
import { Command } from 'commander';
import { settings, type SettingName } from '../config.ts';
import { Fault } from '../platform/fault.ts';
import { Problem } from '../platform/problem.ts';
import { programVersion } from '../program.ts';
import { addBenchCommand } from './bench-command.ts';
import { addClusterCommands } from './cluster-commands.ts';
import { addDoctorCommand } from './doctor-command.ts';
import { flagsOf, surroundingsOf, withJson, withSettings } from './flags.ts';
import { addMoveCommand } from './move-command.ts';
import { addNodeCommands } from './node-commands.ts';
import { addRehearseCommand } from './rehearse-command.ts';
import { addRoomCommands } from './room-commands.ts';
import { addSearchCommands } from './search-commands.ts';
import { addTokenCommands } from './token-commands.ts';
import { addUserCommands } from './user-commands.ts';

/** @param argv as Node has it, the program's own path included. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  try {
    await program().parseAsync(argv);
  } catch (error) {
    if (!(error instanceof Problem || error instanceof Fault)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

function program(): Command {
  const confab = new Command('confab')
    .description('Team chat that an organisation runs itself.')
    .version(programVersion(), '-V, --version')
    .showHelpAfterError('(confab --help shows what there is)');

  const start = confab.command('start').description('Serve pages, API and sockets until told to stop');
  withSettings(start, Object.keys(settings) as SettingName[]).action(async (_, command: Command) => {
    const { readConfig } = await import('../config.ts');
    const { runProgram } = await import('../run-program.ts');
    const flags = flagsOf(command);
    await runProgram(readConfig(flags), flags, (line) => void process.stdout.write(`${line}\n`));
    // Nothing should be left to do; if something is, it must not keep the program from ending.
    process.exit();
  });

  addUserCommands(confab);
  addTokenCommands(confab);
  addRoomCommands(confab);
  addSearchCommands(confab);
  addNodeCommands(confab);
  addClusterCommands(confab);
  addMoveCommand(confab);
  addDoctorCommand(confab);
  addRehearseCommand(confab);
  addBenchCommand(confab);

  withJson(confab.command('version').description('Say which Confab this is')).action(
    (_, command: Command) => {
      const facts = { version: programVersion(), node: process.versions.node };
      surroundingsOf(command).output.record(facts, `Confab ${facts.version} on Node ${facts.node}`);
    },
  );
  return confab;
}
