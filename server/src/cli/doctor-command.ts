import type { Command } from 'commander';
import type { SettingName } from '../config.ts';
import { surroundingsOf, withJson, withSettings } from './flags.ts';

const settingsUsed: readonly SettingName[] = [
  'dataFolder',
  'host',
  'port',
  'publicUrl',
  'databaseConnections',
  'nodeName',
  'trustedProxies',
];

/** What only the doctor is told, as the command line gives it. */
export interface DoctorOptions {
  list?: true;
  area?: string;
  ntp?: string;
  files?: string;
  ca?: string;
  plainPort?: string;
}

export function addDoctorCommand(confab: Command): void {
  const doctor = confab.command('doctor').description('Look for what is wrong here, and say how to mend it');
  withJson(withSettings(doctor, settingsUsed))
    .option('--area <names>', 'look at these areas only, such as balancer,redis')
    .option('--list', 'show what is looked at, without looking')
    .option('--ntp <servers>', 'time servers to compare the clock with, separated by commas')
    .option('--files <folder>', 'a folder that is meant to be the shared file store')
    .option('--ca <file>', 'certificates (PEM) to trust besides the usual ones')
    .option('--plain-port <number>', 'where the balancer answers without TLS (default: 80)')
    .action(async (options: DoctorOptions, command: Command) => {
      const { runDoctor } = await import('./run-doctor.ts');
      await runDoctor(surroundingsOf(command), options);
    });
}
