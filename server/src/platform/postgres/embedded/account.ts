import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { Problem } from '../../problem.ts';

/** The user Postgres runs as. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** In order: one made for us, Debian's for databases, the one everyone has. */
const preferred = ['confab', 'postgres', 'nobody'];

/**
 * Postgres refuses to run as root. Null when this process is an ordinary user and may run it itself.
 * @param clusterFolder Postgres' own folder: where it is there and somebody's, it stays theirs.
 */
export function chooseAccount(clusterFolder: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n').map(parsed);
  const present = existsSync(clusterFolder) ? statSync(clusterFolder) : undefined;
  if (present !== undefined && present.uid !== 0) {
    const { uid, gid } = present;
    return { uid, gid, name: users.find((one) => one?.uid === uid)?.name ?? String(uid) };
  }
  for (const name of preferred) {
    const user = users.find((one) => one?.name === name);
    if (user !== undefined && user !== null && user.uid !== 0) return user;
  }
  throw new Problem(
    'Postgres may not run as root and there is no user confab, postgres or nobody to run it: add one, or start Confab as an ordinary user.',
  );
}

/** Whether that user may enter a folder: asked by trying, since permissions are more than nine bits. */
export function mayEnter(account: Account | null, folder: string): boolean {
  if (account === null) return true;
  const attempt = spawnSync('sh', ['-c', 'cd "$1"', 'confab', folder], {
    stdio: 'ignore',
    cwd: '/',
    uid: account.uid,
    gid: account.gid,
  });
  return attempt.status === 0;
}

function parsed(line: string): Account | null {
  const [name, , uid, gid] = line.split(':');
  return name === undefined || uid === undefined ? null : { name, uid: Number(uid), gid: Number(gid) };
}
