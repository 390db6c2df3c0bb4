import { posix } from 'node:path';
import { isCode, isTest, type Finding, type SourceFile, type Tree } from '../tree.ts';
import type { Import } from '../syntax.ts';

/**
 * Which workspaces each workspace may import. Everything else (tests, tools, simulation, examples, and what of bench is
 * not shipped) may import anything.
 */
const allowedWorkspaces: Readonly<Record<string, readonly string[]>> = {
  bench: ['client', 'cluster', 'protocol'],
  protocol: [],
  client: ['protocol'],
  cluster: ['client', 'protocol'],
  server: ['bench', 'cluster', 'protocol'],
  web: ['client', 'protocol'],
};

/** Below the domains, from the ground up; every other folder of server/src but the upper ones is a domain. */
const foundations = ['kit', 'platform', 'cluster', 'delivery'];
/** The wiring: files right in server/src (and server/bin), and the command line. */
const appFolders = ['', 'cli'];
const order = 'kit <- platform <- cluster <- delivery <- domains <- gateway <- app';

/** What `specifier` means for a file at `from`: a path from the top, or null for a package that is not ours. */
export function resolveImport(from: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier);
  const [, workspace, rest] = /^@confab\/([^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  if (workspace === undefined) return null;
  return `${workspace}/src/${rest ?? 'index'}.ts`;
}

/** Imports point one way, between workspaces and between the folders of server/src. */
export function importDirections(tree: Tree): Finding[] {
  return importsThatCount(tree).flatMap(({ file, line, to, specifier }) => {
    const message = acrossWorkspaces(file.path, to, specifier) ?? insideServer(file.path, to);
    return message === null ? [] : [{ path: file.path, line, message }];
  });
}

/** Domains may use each other in one direction only: following the imports never leads back. */
export function domainCycles(tree: Tree): Finding[] {
  const edges = new Map<string, Map<string, Finding>>();
  for (const { file, line, to } of importsThatCount(tree)) {
    const [from, target] = [domainOf(file.path), domainOf(to)];
    if (from === null || target === null || from === target) continue;
    const targets = edges.get(from) ?? new Map<string, Finding>();
    edges.set(from, targets);
    const message = `${from} and ${target} use each other, over other domains or at once. Let the lower one append an event that the upper one reads, or move what both need into a domain below.`;
    if (!targets.has(target)) targets.set(target, { path: file.path, line, message });
  }
  return [...edges].flatMap(([from, targets]) =>
    [...targets].flatMap(([target, finding]) => (leadsTo(edges, target, from) ? [finding] : [])),
  );
}

/** Files are named with their ending, so that Node, the bundler and a reader find the same file. */
export function importEndings(tree: Tree): Finding[] {
  return codeFiles(tree).flatMap((file) =>
    file.syntax().imports.flatMap(({ specifier, line }) => {
      if (!specifier.startsWith('.') || /\.[a-z0-9]+(\?[a-z&]+)?$/.test(specifier)) return [];
      return [{ path: file.path, line, message: `import '${specifier}' with its ending (.ts or .tsx).` }];
    }),
  );
}

interface OwnImport extends Pick<Import, 'line' | 'specifier'> {
  readonly file: SourceFile;
  readonly to: string;
}

function importsThatCount(tree: Tree): OwnImport[] {
  return codeFiles(tree)
    .filter((file) => !isTest(file.path))
    .flatMap((file) =>
      file.syntax().imports.flatMap(({ specifier, line }) => {
        const to = resolveImport(file.path, specifier);
        return to === null ? [] : [{ file, line, specifier, to }];
      }),
    );
}

function codeFiles(tree: Tree): SourceFile[] {
  return tree.files.filter((file) => isCode(file.path));
}

function acrossWorkspaces(from: string, to: string, specifier: string): string | null {
  if (from.startsWith('bench/') && !from.startsWith('bench/src/')) return null;
  const allowed = allowedWorkspaces[topOf(from)];
  if (allowed === undefined || topOf(from) === topOf(to)) return null;
  if (!allowed.includes(topOf(to))) {
    const may = allowed.length === 0 ? 'nothing of ours' : `only ${allowed.join(' and ')}`;
    return `imports ${to}, but ${topOf(from)}/ may import ${may}.`;
  }
  return specifier.startsWith('.') ? `import ${to} by the name of its package, @confab/${topOf(to)}.` : null;
}

function insideServer(from: string, to: string): string | null {
  const [source, target] = [serverFolder(from), serverFolder(to)];
  if (source === null || target === null || source === target) return null;
  if (rank(target) > rank(source)) {
    return `imports ${to} against the direction ${order}. Let it append an event that ${target || 'app'} reads, or take what it needs as a parameter.`;
  }
  if (isDomain(target) && to !== `server/src/${target}/index.ts`) {
    return `imports ${to}; a domain is used only through its index.ts. Export what is needed there.`;
  }
  if (target === 'platform' && !/^server\/src\/platform\/([^/]+\/index|[^/]+)\.ts$/.test(to)) {
    return `imports ${to}; a port is used only through its index.ts. Export what is needed there, in our words.`;
  }
  return null;
}

/** The folder of server/src a file stands in; '' for the files right in it and the command line (the wiring); null outside. */
function serverFolder(path: string): string | null {
  if (path.startsWith('server/bin/') || path.startsWith('server/src/cli/')) return '';
  const match = /^server\/src\/(?:([^/]+)\/)?[^/]/.exec(path);
  return match === null ? null : (match[1] ?? '');
}

function rank(folder: string): number {
  if (appFolders.includes(folder)) return foundations.length + 2;
  if (folder === 'gateway') return foundations.length + 1;
  return isDomain(folder) ? foundations.length : foundations.indexOf(folder);
}

function isDomain(folder: string): boolean {
  return folder !== 'gateway' && !appFolders.includes(folder) && !foundations.includes(folder);
}

function domainOf(path: string): string | null {
  const folder = serverFolder(path);
  return folder !== null && isDomain(folder) ? folder : null;
}

function topOf(path: string): string {
  return path.split('/')[0] ?? path;
}

function leadsTo(
  edges: ReadonlyMap<string, ReadonlyMap<string, unknown>>,
  from: string,
  goal: string,
): boolean {
  const seen = new Set<string>();
  const waiting = [from];
  for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
    if (current === goal) return true;
    if (seen.has(current)) continue;
    seen.add(current);
    waiting.push(...(edges.get(current)?.keys() ?? []));
  }
  return false;
}
