import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseSyntax, type Syntax } from './syntax.ts';

/** A file of the project. `path` is relative to the top, with `/`. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Only for what `isCode`; parsed once, when first asked for. Throws when the file does not parse. */
  syntax(): Syntax;
}

export interface Tree {
  readonly files: readonly SourceFile[];
  has(path: string): boolean;
  text(path: string): string | undefined;
}

/** What a rule found: where, what is wrong, and what to do about it. `line` counts from 1. */
export interface Finding {
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

export type Rule = (tree: Tree) => Finding[];

/** Never ours: installed, built, or left by a run. */
const ignoredNames = new Set(['node_modules', 'dist', '.git', '.cache']);
const ignoredPaths = new Set(['data', 'screenshots', 'coverage', 'rehearsal']);
const textEndings =
  /\.(ts|tsx|js|mjs|css|html|sql|md|json|yml|yaml|talk|sh|cfg|conf|ini|env|txt|service|svg|py|c)$/;

/** Reads every text file under `root`, leaving out what git ignores. */
export function readTree(root: string): Tree {
  const texts: Record<string, string> = {};
  const visit = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (ignoredNames.has(entry.name) || ignoredPaths.has(path)) continue;
      if (entry.isDirectory()) visit(path);
      else if (entry.isFile() && isText(path)) texts[path] = readFileSync(join(root, path), 'utf8');
    }
  };
  visit('');
  return treeOf(texts);
}

/** A tree from texts by path: what the rules' own tests use. */
export function treeOf(texts: Readonly<Record<string, string>>): Tree {
  const byPath = new Map(Object.entries(texts));
  const files = [...byPath].map(([path, text]) => sourceFile(path, text));
  return {
    files: files.toSorted((one, other) => (one.path < other.path ? -1 : 1)),
    has: (path) => byPath.has(path),
    text: (path) => byPath.get(path),
  };
}

export function isCode(path: string): boolean {
  return /\.(ts|tsx|js|mjs)$/.test(path);
}

/** Tests and what only tests use: they may reach anything, and may look at the real clock. */
export function isTest(path: string): boolean {
  return /\.test\.(ts|tsx|js)$/.test(path) || path.startsWith('tests/');
}

/** One line a finding, as a compiler writes it: `path:line message`. */
export function report(findings: readonly Finding[]): string {
  return findings
    .map(({ path, line, message }) => `${path}${line === undefined ? '' : `:${line}`} ${message}`)
    .join('\n');
}

function isText(path: string): boolean {
  return textEndings.test(path) || /(^|\/)(run|Dockerfile|LICENSE|NOTICE|\.npmrc|\.gitignore)$/.test(path);
}

function sourceFile(path: string, text: string): SourceFile {
  let parsed: Syntax | undefined;
  return { path, text, syntax: () => (parsed ??= parseSyntax(path, text)) };
}
