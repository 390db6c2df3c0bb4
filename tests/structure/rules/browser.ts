import { resolveImport } from './import-directions.ts';
import { nameOf, walk } from '../syntax.ts';
import { isCode, isTest, type Finding, type SourceFile, type Tree } from '../tree.ts';

/** Packages that must not reach the browser, with what to do instead. Builtins of Node are kept out as well. */
const serverOnly: Readonly<Record<string, string>> = {
  typebox: 'Browser code takes only types from the files that declare schemas: use `import type`.',
};

/**
 * What the browser loads is what web/src reaches by imports that are not erased. `import { type A }` is not erased:
 * the module itself still loads.
 */
export function browserBundle(tree: Tree): Finding[] {
  const byPath = new Map(tree.files.map((file) => [file.path, file]));
  const entries = tree.files.filter(
    ({ path }) => path.startsWith('web/src/') && isCode(path) && !isTest(path),
  );
  const seen = new Set(entries.map(({ path }) => path));
  const waiting = entries.map((file) => ({ file, way: [file.path] }));
  const findings: Finding[] = [];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const { specifier, line, typeOnly } of next.file.syntax().imports) {
      if (typeOnly) continue;
      const advice = keptOut(specifier);
      if (advice !== null) {
        const message = `the browser would load ${specifier}: ${[...next.way, specifier].join(' -> ')}. ${advice}`;
        findings.push({ path: next.file.path, line, message });
      }
      const target = byPath.get(resolveImport(next.file.path, specifier) ?? '');
      if (target === undefined || seen.has(target.path) || !isCode(target.path)) continue;
      seen.add(target.path);
      waiting.push({ file: target, way: [...next.way, target.path] });
    }
  }
  return findings;
}

/** One part of the browser code talks to the server over a socket: the client package, through its platform. */
export function browserSockets(tree: Tree): Finding[] {
  return tree.files.filter(mayNotOpenSockets).flatMap((file) => {
    const { program, lineAt } = file.syntax();
    const findings: Finding[] = [];
    walk(program, (node, parent) => {
      const name = nameOf(node);
      if (name !== 'WebSocket' && name !== 'EventSource') return;
      if (
        parent?.type === 'MemberExpression' &&
        parent['property'] === node &&
        nameOf(parent['object']) !== 'globalThis'
      )
        return;
      findings.push({
        path: file.path,
        line: lineAt(node.start),
        message: `names ${name}. Sockets are opened in client/src/platform/ only; read the state that client/ keeps.`,
      });
    });
    return findings;
  });
}

function mayNotOpenSockets({ path }: SourceFile): boolean {
  if (!isCode(path) || isTest(path)) return false;
  return (
    path.startsWith('web/src/') ||
    (path.startsWith('client/src/') && !path.startsWith('client/src/platform/'))
  );
}

function keptOut(specifier: string): string | null {
  const [scopeOrName = '', rest = ''] = specifier.split('/');
  const name = scopeOrName.startsWith('@') ? `${scopeOrName}/${rest}` : scopeOrName;
  if (specifier.startsWith('node:'))
    return 'A browser has none of it: pass what is needed in from the platform.';
  return serverOnly[name] ?? null;
}
