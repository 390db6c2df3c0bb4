import type { Finding, Tree } from '../tree.ts';

const machinePaths = /(^|[\s"'`(=:])\/(work|farm|root|Users|home)\/[\w.-]/;
const registryHosts = /https?:\/\/[^\s"'`/]*(registry|npmjs|deb\.debian|mirror|pypi|crates\.io)[^\s"'`/]*/i;
const resolvedUrl = /"resolved":\s*"https?:/;

/** Nothing in the tree names the machine it was written on, or where packages were fetched from. */
export function privatePlaces(tree: Tree): Finding[] {
  return tree.files.flatMap(({ path, text }) => {
    if (path === 'tests/structure/rules/private-places.test.ts') return [];
    return text.split('\n').flatMap((line, index) => {
      const message = path === 'package-lock.json' ? inLockFile(line) : inText(line);
      return message === null ? [] : [{ path, line: index + 1, message }];
    });
  });
}

function inLockFile(line: string): string | null {
  if (!resolvedUrl.test(line)) return null;
  return 'the lock file records a download address. Keep omit-lockfile-registry-resolved in .npmrc and install again.';
}

function inText(line: string): string | null {
  if (machinePaths.test(line))
    return 'names a path of one machine. Use a path relative to the project, or a temporary folder.';
  if (registryHosts.test(line)) return 'names the host of a package registry. Name the package instead.';
  return null;
}
