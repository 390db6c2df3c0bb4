import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { Problem } from '../../problem.ts';
import { mayEnter, type Account } from './account.ts';
import { shownIn } from './run-folder.ts';

/** Starts Postgres' programs so that they end with this process, as a user who is not root. */
export interface Launcher {
  start(launch: Launch): ChildProcess;
}

export interface Launch {
  program: 'postgres' | 'initdb';
  /** The folder it works on. */
  folder: string;
  /** @param seen the path under which the program sees that folder. */
  args: (seen: string) => string[];
  /** What it reads from standard input. */
  input?: string;
}

export interface LauncherOptions {
  /** The folder with `bin`, `lib` and `share`. */
  binaries: string;
  account: Account | null;
  /** Reachable for the account; folders below one it may not enter are shown in here. */
  runFolder: string;
}

export function createLauncher({ binaries, account, runFolder }: LauncherOptions): Launcher {
  const environment = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' };
  const tied = spawnSync('setpriv', ['--pdeathsig=INT', 'true'], { stdio: 'ignore' }).status === 0;
  const shown = shownIn(runFolder);

  return {
    start({ program, folder, args, input }) {
      const hidden = [binaries, folder].filter((one) => !mayEnter(account, one));
      const show = hidden.length > 0;
      if (show) {
        if (!tied || !mayShow()) throw hiddenFolder(hidden, account);
        for (const place of [shown.binaries, shown.data]) mkdirSync(place, { recursive: true });
      }
      const seen = show ? shown : { binaries, data: folder };
      const command = [join(seen.binaries, 'bin', program), ...args(seen.data)];
      const words = [
        ...(show ? showing([binaries, shown.binaries, folder, shown.data]) : []),
        ...(tied ? [...asAccount(account), '--pdeathsig=INT', ...unlessOrphaned()] : []),
        ...command,
      ];
      const child = spawn(words[0] ?? '', words.slice(1), {
        // A session of its own: Ctrl-C in the terminal is for us, and we end Postgres last.
        detached: true,
        cwd: '/',
        env: environment,
        stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'pipe'],
        ...(tied || account === null ? {} : { uid: account.uid, gid: account.gid }),
      });
      if (input !== undefined) child.stdin?.end(input);
      if (!tied) watch(child);
      return child;
    },
  };
}

function asAccount(account: Account | null): string[] {
  if (account === null) return ['setpriv'];
  return ['setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
}

/** The death signal is set a moment after the fork; a parent that died in between would never send it. */
function unlessOrphaned(): string[] {
  return ['sh', '-c', '[ "$PPID" = "$1" ] || exit 1; shift; exec "$@"', 'confab', String(process.pid)];
}

/** In a mount namespace of its own, shows each first folder at the place of the second. */
function showing(pairs: [string, string, string, string]): string[] {
  const script = 'mount --bind "$1" "$2" && mount --bind "$3" "$4" || exit 1; shift 4; exec "$@"';
  return ['unshare', '--mount', '--propagation=private', 'sh', '-c', script, 'confab', ...pairs];
}

function mayShow(): boolean {
  const script = 'mount --bind / /';
  const probe = spawnSync('unshare', ['--mount', '--propagation=private', 'sh', '-c', script], {
    stdio: 'ignore',
  });
  return probe.status === 0;
}

function hiddenFolder(folders: string[], account: Account | null): Problem {
  return new Problem(
    `User ${account?.name}, who runs Postgres because root may not, cannot enter ${folders.join(' nor ')}: move it to a folder everyone may enter, or start Confab as an ordinary user.`,
  );
}

/** Where the kernel cannot do it: a shell that reads from us, and so wakes up when we are gone. */
function watch(child: ChildProcess): void {
  const watcher = spawn('sh', ['-c', 'read _; kill -INT "$1" 2>/dev/null', 'confab', String(child.pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.on('error', () => {});
  child.once('exit', () => watcher.kill('SIGKILL'));
  watcher.unref();
  if (watcher.stdin instanceof Socket) watcher.stdin.unref();
}
