import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from '../platform/machine.ts';
import type { ProcessMark } from '../platform/processes.ts';
import type { Ground, PlannedHost } from '../topology.ts';

export interface Program {
  readonly command: readonly string[];
  /** Who runs it; root unless given. Some start as root and then become another user by themselves. */
  readonly user?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Programs on a host of the cluster: they see its network, its name and its shared memory, and the machine's files. */
export interface Programs {
  start(host: PlannedHost, name: string, program: Program): Promise<ProcessMark>;
  /** To its end; gives its standard output. */
  run(host: PlannedHost, program: Program & { input?: string; timeoutMs?: number }): Promise<string>;
  logFile(host: PlannedHost, name: string): string;
}

/**
 * Each step takes the place of the one before, so that the number we get is the program's own. Shared memory is the
 * program's alone: what it leaves there when it is killed goes with it.
 */
const enter = [
  'mount -t tmpfs -o mode=1777 tmpfs /dev/shm',
  'hostname "$0"',
  'ulimit -n "$(ulimit -Hn)"',
  'exec "$@"',
].join(' && ');

export function createPrograms({
  machine,
  folder,
  ground,
}: {
  machine: Machine;
  folder: string;
  ground: Ground;
}): Programs {
  const wrap = ground === 'loopback' ? onLoopback({ machine, folder }) : onHost;
  const logFile = (host: PlannedHost, name: string): string =>
    join(folder, 'logs', `${host.name}-${name}.log`);
  return {
    logFile,
    start(host, name, program) {
      mkdirSync(join(folder, 'logs'), { recursive: true });
      return machine.launch(wrap(host, program), {
        logFile: logFile(host, name),
        ...(program.env === undefined ? {} : { env: program.env }),
      });
    },
    run: (host, { input, timeoutMs, env, ...program }) =>
      machine.run(wrap(host, program), {
        ...(input === undefined ? {} : { input }),
        ...(timeoutMs === undefined ? {} : { timeoutMs }),
        ...(env === undefined ? {} : { env }),
      }),
  };
}

/** A program belongs to the host in whose folder it works. Only root can make it another user's. */
function onLoopback({ machine, folder }: { machine: Machine; folder: string }) {
  return ({ name }: PlannedHost, { command, user }: Program): string[] => {
    const as = user === undefined || !machine.isRoot ? [] : becoming(user);
    const enterFolder = 'cd "$0" && ulimit -n "$(ulimit -Hn)" && exec "$@"';
    return ['sh', '-c', enterFolder, join(folder, 'hosts', name), ...as, ...command];
  };
}

const becoming = (user: string): string[] => [
  ...['setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups'],
];

function onHost({ namespace, name }: PlannedHost, { command, user }: Program): string[] {
  const as = user === undefined ? [] : becoming(user);
  return [
    'ip',
    'netns',
    'exec',
    namespace,
    'unshare',
    '--uts',
    '--ipc',
    'sh',
    '-c',
    enter,
    name,
    ...as,
    ...command,
  ];
}
