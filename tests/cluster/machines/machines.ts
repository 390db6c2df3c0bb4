/** Machines made of this one, each with a file system, processes, a name and an address in one network. For root. */
import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Machines {
  /** As root in the checkout, to the end. Rejects with what it said when a command fails. */
  run(name: string, commands: string): Promise<void>;
  /** Brings what `scp` left to where it should be. */
  carry(): void;
  read(name: string, path: string): string;
  /** A store that speaks S3, with the bucket `confab`, on a machine of its own. */
  serveFiles(name: string): Promise<void>;
  remove(): void;
}

const root = join(import.meta.dirname, '../../..');
const commandMs = 240_000;

/** @param addresses by name */
export async function createMachines(addresses: Readonly<Record<string, string>>): Promise<Machines> {
  const prefix = `m${process.pid % 10_000}`;
  const base = mkdtempSync(join(tmpdir(), 'confab-machines-'));
  const names = Object.keys(addresses);
  const spaceOf = (name: string): string => `${prefix}-${name}`;
  const children = new Map<string, ChildProcess>();
  const rootOf = (name: string): string => `/proc/${firstProcess(name)}/root`;

  /** Its child is the first process of the machine. */
  function firstProcess(name: string): string {
    const parent = children.get(name)?.pid ?? 0;
    return readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ')[0] ?? '';
  }

  function ip(lines: readonly string[]): void {
    const { status, stderr } = spawnSync('ip', ['-batch', '-'], {
      input: lines.join('\n'),
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
  }

  async function make(name: string): Promise<void> {
    const folder = join(base, name);
    mkdirSync(folder);
    const apart = ['unshare', '--mount', '--uts', '--ipc', '--pid', '--fork', '--kill-child'];
    const script = ['sh', join(import.meta.dirname, 'machine.sh'), name, folder, root, process.execPath];
    const words = ['netns', 'exec', spaceOf(name), ...apart, ...script, import.meta.dirname];
    const child = spawn('ip', words, { stdio: ['ignore', 'pipe', 'pipe'] });
    children.set(name, child);
    let said = '';
    child.stderr.on('data', (bytes) => (said += String(bytes)));
    await new Promise<void>((resolve, reject) => {
      child.once('exit', () => reject(new Error(`${name} could not be made: ${said}`)));
      child.stdout.on('data', (bytes) => String(bytes).includes('ready') && resolve());
    });
  }

  function remove(): void {
    for (const child of children.values()) child.kill('SIGKILL');
    const spaces = [...names, 'switch'].map(spaceOf);
    for (const space of spaces) {
      const { stdout } = spawnSync('ip', ['netns', 'pids', space], { encoding: 'utf8' });
      for (const pid of stdout.split('\n').filter(Boolean)) spawnSync('kill', ['-KILL', pid]);
      spawnSync('ip', ['netns', 'delete', space]);
    }
    rmSync(base, { recursive: true, force: true });
  }

  const inSwitch = spaceOf('switch');
  try {
    ip([inSwitch, ...names.map(spaceOf)].map((space) => `netns add ${space}`));
    for (const name of names)
      ip([`link add ${name} netns ${inSwitch} type veth peer name eth0 netns ${spaceOf(name)}`]);
    const connect = [
      [inSwitch, 'link add one type bridge', 'link set one up'],
      ...names.map((name) => [inSwitch, `link set ${name} master one`, `link set ${name} up`]),
      ...Object.entries(addresses).map(([name, address]) => [
        ...[spaceOf(name), 'link set lo up', `addr add ${address}/24 dev eth0`, 'link set eth0 up'],
      ]),
    ];
    for (const [space = '', ...lines] of connect)
      for (const line of lines) {
        const { status, stderr } = spawnSync('ip', ['-n', space, ...line.split(' ')], { encoding: 'utf8' });
        if (status !== 0) throw new Error(`${line}: ${stderr}`);
      }
    await Promise.all(names.map(make));
  } catch (error) {
    remove();
    throw error;
  }

  function enter(name: string, command: readonly string[]): string[] {
    const inside = [
      '--target',
      firstProcess(name),
      '--mount',
      '--uts',
      '--ipc',
      '--net',
      '--pid',
      '--root',
      '--wd=/',
    ];
    return [
      'nsenter',
      ...inside,
      'env',
      '-i',
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      'HOME=/root',
      'LANG=C.UTF-8',
      ...command,
    ];
  }

  return {
    run: (name, commands) =>
      new Promise((resolve, reject) => {
        const script = `cd /usr/src/confab && set -euo pipefail\n${commands}`;
        const [program = '', ...args] = enter(name, ['bash', '-c', script]);
        execFile(program, args, { timeout: commandMs, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
          if (error === null) resolve();
          else
            reject(
              new Error(
                `on ${name}: ${error.killed ? 'took too long' : ''}\n${stdout}\n${stderr}`.slice(-4_000),
              ),
            );
        });
      }),
    carry() {
      for (const sender of names) {
        const exchange = join(rootOf(sender), 'exchange');
        for (const address of existsSync(exchange) ? readdirSync(exchange) : []) {
          const to = names.find((name) => addresses[name] === address) ?? '';
          const left = join(exchange, address);
          for (const file of readdirSync(left, { recursive: true, withFileTypes: true })) {
            if (!file.isFile()) continue;
            const from = join(file.parentPath, file.name);
            const place = join(rootOf(to), from.slice(left.length));
            copyFileSync(from, place);
            chmodSync(place, statSync(from).mode);
          }
          rmSync(left, { recursive: true });
        }
      }
    },
    read: (name, path) => readFileSync(join(rootOf(name), path), 'utf8'),
    async serveFiles(name) {
      const store = join(createRequire(import.meta.url).resolve('s3rver/package.json'), '../bin/s3rver.js');
      const where = ['--address', addresses[name] ?? '', '--port', '4568', '--no-vhost-buckets'];
      const words = [process.execPath, store, '--silent', '--directory', join(base, 'store'), ...where];
      const inside = ['netns', 'exec', spaceOf(name), ...words, '--configure-bucket', 'confab'];
      mkdirSync(join(base, 'store'));
      children.set('store', spawn('ip', inside, { stdio: 'ignore' }));
    },
    remove,
  };
}
