import { parseSync } from 'vite';

/** A node of the ESTree that the parser gives, TypeScript nodes included. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** Erased when compiled. `import { type A }` is not: the import itself stays. */
  readonly typeOnly: boolean;
}

export interface Syntax {
  readonly program: Node;
  readonly imports: readonly Import[];
  /** The line of an offset, counted from 1. */
  lineAt(offset: number): number;
}

/** @throws Error naming the place when `text` does not parse */
export function parseSyntax(path: string, text: string): Syntax {
  const result = parseSync(path, text);
  const [error] = result.errors;
  if (error !== undefined) throw new Error(`${path} does not parse: ${error.message}`);
  const program: unknown = result.program;
  if (!isNode(program)) throw new Error(`${path}: the parser gave no program`);
  const lineAt = lineCounter(text);
  return { program, imports: importsOf(program, lineAt), lineAt };
}

/** Calls `visit` for every node, parents first. Where it returns false, what stands below is left out. */
export function walk(node: Node, visit: (node: Node, parent: Node | null) => boolean | void): void {
  const descend = (current: Node, parent: Node | null): void => {
    if (visit(current, parent) === false) return;
    for (const child of childrenOf(current)) descend(child, current);
  };
  descend(node, null);
}

export function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value) => {
    if (Array.isArray(value)) return value.filter(isNode);
    return isNode(value) ? [value] : [];
  });
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The name of an identifier, or null for anything else. */
export function nameOf(node: unknown): string | null {
  return isNode(node) && node.type === 'Identifier' && typeof node['name'] === 'string' ? node['name'] : null;
}

function importsOf(program: Node, lineAt: (offset: number) => number): Import[] {
  const imports: Import[] = [];
  walk(program, (node) => {
    const source = node['source'];
    if (!isNode(source) || typeof source['value'] !== 'string') return;
    const kinds = [node['importKind'], node['exportKind']];
    const typeOnly = node.type === 'TSImportType' || kinds.includes('type');
    imports.push({ specifier: source['value'], line: lineAt(node.start), typeOnly });
  });
  return imports;
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
