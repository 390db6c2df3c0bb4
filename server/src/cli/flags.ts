import { Option, type Command } from 'commander';
import { settings, type Flags, type SettingName } from '../config.ts';
import { createOutput, type Output } from './output.ts';

/** What an action gets: its flags as config knows them, and where answers go. */
export interface Surroundings {
  flags: Flags;
  output: Output;
}

/** Gives a command flags for some settings, described by the one table. */
export function withSettings(command: Command, names: readonly SettingName[]): Command {
  for (const name of names) {
    const { flag, env, meaning, usually } = settings[name];
    if (flag !== null) command.addOption(new Option(flag, `${meaning} (${env}; default: ${usually})`));
  }
  return command;
}

export function withJson(command: Command): Command {
  return command.option('--json', 'answer in JSON');
}

/** For commands that look into the database. */
export function withDatabase(command: Command): Command {
  return withJson(withSettings(command, ['dataFolder', 'logLevel']));
}

export function surroundingsOf(command: Command): Surroundings {
  return { flags: flagsOf(command), output: createOutput(command.opts<{ json?: true }>().json === true) };
}

export function flagsOf(command: Command): Flags {
  const given = command.opts<Record<string, string | true>>();
  const flags = Object.entries(settings).flatMap(([name, { flag }]) => {
    if (flag === null) return [];
    const value = given[new Option(flag).attributeName()];
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(flags) as Flags;
}
