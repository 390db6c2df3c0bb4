import { posix } from 'node:path';
import type { Finding, SourceFile, Tree } from '../tree.ts';

const codeMap = 'ARCHITECTURE.md';
const dependencyList = 'docs/dependencies.md';

/** ARCHITECTURE.md's code map names every folder at the top and in server/src, and none that is not there. */
export function codeMapComplete(tree: Tree): Finding[] {
  const text = section(tree.text(codeMap) ?? '', 'Code map');
  const named = new Set([...text.matchAll(/`([\w.@/-]+)\/`/g)].map((match) => match[1] ?? ''));
  const folders = foldersOf(tree);
  const toName = [...folders].filter((folder) => /^([^./][^/]*|server\/src\/[^/]+)$/.test(folder));
  const missing = toName.filter((folder) => !named.has(folder));
  const gone = [...named].filter((folder) => !folders.has(folder));
  return [
    ...missing.map(
      (folder) => `its code map does not name \`${folder}/\`: add a line that says what it is for.`,
    ),
    ...gone.map((folder) => `its code map names \`${folder}/\`, which is not there: take the line out.`),
  ].map((message) => ({ path: codeMap, message }));
}

/** docs/dependencies.md has one line for every package that the product needs to run, and no other. */
export function dependenciesExplained(tree: Tree): Finding[] {
  const used = new Map<string, string>();
  for (const { path, text } of tree.files) {
    if (!/^([^/]+\/)?package\.json$/.test(path)) continue;
    for (const name of dependencyNames(text)) if (!name.startsWith('@confab/')) used.set(name, path);
  }
  const runtime = section(tree.text(dependencyList) ?? '', 'To run');
  const explained = [...runtime.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1] ?? '');
  const missing = [...used].filter(([name]) => !explained.includes(name));
  const gone = explained.filter((name) => !used.has(name));
  const twice = explained.filter((name, index) => explained.indexOf(name) !== index);
  return [
    ...missing.map(
      ([name, path]) =>
        `has no line for ${name} of ${path}: say under "To run" what it is for and why this one.`,
    ),
    ...gone.map((name) => `explains ${name}, which no package.json asks for: take the line out.`),
    ...twice.map((name) => `explains ${name} twice.`),
  ].map((message) => ({ path: dependencyList, message }));
}

/** Nothing that runs with the product asks for a newer Node than the product does. */
export function nodeVersions(tree: Tree): Finding[] {
  const lock: unknown = JSON.parse(tree.text('package-lock.json') ?? '{}');
  const packages = isRecord(lock) && isRecord(lock['packages']) ? lock['packages'] : {};
  return Object.entries(packages).flatMap(([path, entry]) => {
    if (!isRecord(entry) || entry['dev'] === true || !isRecord(entry['engines'])) return [];
    const range = entry['engines']['node'];
    if (
      typeof range !== 'string' ||
      !range.split('||').every((part) => /^\s*(>=?|\^|~)?\s*(2[1-9]|[3-9]\d)/.test(part))
    )
      return [];
    const name = `${path.replace(/^.*node_modules\//, '')} ${String(entry['version'])}`;
    const message = `${name} needs Node ${range}, but Confab runs on 20.19: pin the last version that does, or leave it out.`;
    return [{ path: 'package-lock.json', message }];
  });
}

/** Every relative link in a document leads to a file, and its #anchor to a heading. */
export function links(tree: Tree): Finding[] {
  const folders = foldersOf(tree);
  return tree.files.filter(isDocument).flatMap((file) =>
    linksOf(file.text).flatMap(({ target, line }) => {
      const [path = '', anchor = ''] = target.split('#');
      const to = path === '' ? file.path : posix.join(posix.dirname(file.path), path).replace(/\/$/, '');
      if (!tree.has(to) && !folders.has(to) && !isPicture(to)) {
        return [{ path: file.path, line, message: `links to ${target}, which is not there.` }];
      }
      const text = tree.text(to) ?? '';
      if (anchor === '' || !to.endsWith('.md') || anchorsOf(text).has(anchor)) return [];
      return [{ path: file.path, line, message: `links to ${target}, but ${to} has no such heading.` }];
    }),
  );
}

/** A path in backticks exists. Decisions are left alone: they tell of their time. */
export function namedPaths(tree: Tree): Finding[] {
  const folders = foldersOf(tree);
  const isTop = (path: string): boolean => folders.has(path.split('/')[0] ?? '');
  return tree.files
    .filter((file) => isDocument(file) && !file.path.startsWith('docs/decisions/'))
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((content, index) =>
        [...content.matchAll(/`([\w.@-]+(?:\/[\w.@-]+)+\/?)`/g)]
          .map((match) => (match[1] ?? '').replace(/\/$/, ''))
          .filter((named) => isTop(named) && !/(^|\/)dist(\/|$)/.test(named))
          .filter((named) => !tree.has(named) && !folders.has(named))
          .map((named) => ({ path, line: index + 1, message: `names \`${named}\`, which is not there.` })),
      ),
    );
}

function foldersOf(tree: Tree): Set<string> {
  const folders = new Set<string>();
  for (const { path } of tree.files) {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) folders.add(parts.slice(0, depth).join('/'));
  }
  return folders;
}

/** From a second-level heading to the next. */
function section(text: string, heading: string): string {
  const [, ...sections] = `\n${text}`.split('\n## ');
  return sections.find((one) => one.startsWith(`${heading}\n`)) ?? '';
}

function dependencyNames(text: string): string[] {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || !('dependencies' in parsed)) return [];
  return Object.keys(parsed.dependencies ?? {});
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isDocument({ path }: SourceFile): boolean {
  return path.endsWith('.md');
}

/** Pictures are no text, so the tree does not hold them; `tree.test.ts` looks for them on disk. */
function isPicture(path: string): boolean {
  return /\.(png|jpg|webp|gif)$/.test(path);
}

/** Links and pictures outside code, without those to elsewhere. */
export function linksOf(text: string): { target: string; line: number }[] {
  const prose = text.replace(/```[\s\S]*?```|`[^`\n]*`/g, (code) => code.replace(/[^\n]/g, ' '));
  return prose.split('\n').flatMap((content, index) =>
    [...content.matchAll(/\]\(([^)\s]+)[^)]*\)|^\[[^\]]+\]:\s+(\S+)/g)]
      .map((match) => match[1] ?? match[2] ?? '')
      .filter((target) => !/^([a-z]+:|\/\/)/.test(target))
      .map((target) => ({ target, line: index + 1 })),
  );
}

/** As the usual Markdown viewers make them: lower case, punctuation dropped, spaces to hyphens. */
function anchorsOf(text: string): Set<string> {
  const headings = [...text.matchAll(/^#{1,6} (.+)$/gm)].map((match) => match[1] ?? '');
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .trim()
        .replace(/ /g, '-'),
    ),
  );
}
