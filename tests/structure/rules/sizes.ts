import { childrenOf, isNode, nameOf, walk, type Node, type Syntax } from '../syntax.ts';
import { isCode, isTest, type Finding, type SourceFile, type Tree } from '../tree.ts';

const fileLinesMax = 400;
const functionLinesMax = 60;
/** A component is mostly markup, of which one element takes several lines. */
const componentLinesMax = 75;

const linesMaxOf = (path: string): number => (path.endsWith('.tsx') ? componentLinesMax : functionLinesMax);

/** What may be longer, with the reason: `path` for a file, `path#function` for a function. */
export type Exceptions = Readonly<Record<string, string>>;

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** A file that wants to be longer usually holds two ideas. */
export function fileSizes(tree: Tree, exceptions: Exceptions): Finding[] {
  const findings = tree.files.filter(isMeasured).flatMap(({ path, text }) => {
    const lines = linesOf(text);
    if (lines <= fileLinesMax || Object.hasOwn(exceptions, path)) return [];
    const message = `has ${lines} lines, at most ${fileLinesMax} are allowed. It probably holds two ideas: give each a file.`;
    return [{ path, message }];
  });
  return [...findings, ...needless(exceptions, (path) => linesOf(tree.text(path) ?? '') > fileLinesMax)];
}

/**
 * The lines of a function without those of the functions written inside it: a factory is as long as its own part.
 * Tests are not measured: a `describe` is a list.
 */
export function functionSizes(tree: Tree, exceptions: Exceptions): Finding[] {
  const long = tree.files.filter(({ path }) => isCode(path) && !isTest(path)).flatMap(longFunctions);
  const known = new Set(long.map(({ path, name }) => `${path}#${name}`));
  const findings = long
    .filter(({ path, name }) => !Object.hasOwn(exceptions, `${path}#${name}`))
    .map(({ path, name, line, lines }) => {
      const message = `${name} has ${lines} lines of its own, at most ${linesMaxOf(path)} are allowed. Take out a step that has a name.`;
      return { path, line, message };
    });
  return [...findings, ...needless(exceptions, (key) => known.has(key))];
}

interface LongFunction {
  readonly path: string;
  readonly name: string;
  readonly line: number;
  readonly lines: number;
}

function isMeasured({ path }: SourceFile): boolean {
  return isCode(path) || path.endsWith('.css');
}

function longFunctions(file: SourceFile): LongFunction[] {
  const syntax = file.syntax();
  const found: LongFunction[] = [];
  walk(syntax.program, (node, parent) => {
    if (!functionTypes.has(node.type)) return;
    const lines = ownLines(node, syntax);
    const name = functionName(node, parent);
    if (lines > linesMaxOf(file.path))
      found.push({ path: file.path, name, line: syntax.lineAt(node.start), lines });
  });
  return found;
}

function ownLines(node: Node, { lineAt }: Syntax): number {
  let lines = lineAt(node.end) - lineAt(node.start) + 1;
  const leaveOutInner = (current: Node): void => {
    if (functionTypes.has(current.type)) {
      lines -= lineAt(current.end) - lineAt(current.start);
      return;
    }
    for (const child of childrenOf(current)) leaveOutInner(child);
  };
  for (const child of childrenOf(node)) leaveOutInner(child);
  return lines;
}

function functionName(node: Node, parent: Node | null): string {
  const named = nameOf(node['id']) ?? nameOf(parent?.['id']) ?? nameOf(parent?.['key']);
  if (named !== null) return named;
  const callee = parent?.['callee'];
  return isNode(callee) && callee !== node
    ? `a function given to ${nameOf(callee) ?? 'a call'}`
    : 'a function';
}

function needless(exceptions: Exceptions, isNeeded: (key: string) => boolean): Finding[] {
  return Object.keys(exceptions)
    .filter((key) => !isNeeded(key))
    .map((key) => ({ path: key, message: 'no longer needs its exception: take it out of the list.' }));
}

function linesOf(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
