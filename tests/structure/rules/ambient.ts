import { isNode, nameOf, walk, type Node } from '../syntax.ts';
import { isCode, isTest, type Finding, type SourceFile, type Tree } from '../tree.ts';

/** The only places that may touch the world: adapters, and the one reader of the environment. */
const allowedPlaces = [
  'server/src/platform/',
  'server/src/config.ts',
  'cluster/src/platform/',
  'client/src/platform/',
  'web/src/platform/',
  'simulation/main.ts',
  'simulation/platform/machine.ts',
];
const heldPlaces = ['protocol/src/', 'client/src/', 'cluster/src/', 'server/src/', 'web/src/', 'simulation/'];

const takeClock = 'Take a Clock (platform/clock) as a parameter.';
const takeRandom = 'Take a Random (platform/random) as a parameter.';
const takeLog = 'Take a Log (platform/log) as a parameter.';
const takeConfig = 'Read it in server/src/config.ts and pass the value in.';

const globalNames: Readonly<Record<string, string>> = {
  console: takeLog,
  setTimeout: takeClock,
  setInterval: takeClock,
  setImmediate: takeClock,
};
const memberNames: Readonly<Record<string, string>> = {
  'Date.now': takeClock,
  'performance.now': takeClock,
  'Math.random': takeRandom,
  'process.env': takeConfig,
  'process.hrtime': takeClock,
};
const nodeModules: Readonly<Record<string, readonly [RegExp, string]>> = {
  crypto: [/^(random|getRandomValues)/, takeRandom],
  timers: [/./, takeClock],
  'timers/promises': [/./, takeClock],
  process: [/^(env|hrtime)$/, takeConfig],
  perf_hooks: [/^performance$/, takeClock],
};

/** No ambient state: time, randomness, environment and logging are passed in, so that a simulation can replay them. */
export function ambientUse(tree: Tree): Finding[] {
  return heldFiles(tree).flatMap((file) => {
    const { program, lineAt } = file.syntax();
    const findings: Finding[] = [];
    walk(program, (node, parent) => {
      const found = ambientName(node, parent) ?? ambientImport(node);
      if (found === null) return;
      findings.push({ path: file.path, line: lineAt(node.start), message: `uses ${found[0]}. ${found[1]}` });
    });
    return findings;
  });
}

/** No state outside what a factory made: nothing that changes at the top of a module. */
export function moduleState(tree: Tree): Finding[] {
  return heldFiles(tree).flatMap((file) => {
    const { program, lineAt } = file.syntax();
    return topDeclarations(program).flatMap((declaration) => {
      const what =
        declaration['kind'] === 'const'
          ? emptyCollection(declaration)
          : `${String(declaration['kind'])} at the top of a module`;
      if (what === null) return [];
      const message = `${what}: state that every user of the module shares. Keep it inside the createX that owns it.`;
      return [{ path: file.path, line: lineAt(declaration.start), message }];
    });
  });
}

function heldFiles(tree: Tree): SourceFile[] {
  return tree.files.filter(
    ({ path }) =>
      isCode(path) &&
      !isTest(path) &&
      heldPlaces.some((place) => path.startsWith(place)) &&
      !allowedPlaces.some((place) => path.startsWith(place)),
  );
}

type Ambient = readonly [what: string, instead: string];

function ambientName(node: Node, parent: Node | null): Ambient | null {
  if (node.type === 'Identifier') return globalUse(node, parent);
  if (node.type === 'MemberExpression') return memberUse(node);
  const isDate = nameOf(node['callee']) === 'Date';
  const noArguments = Array.isArray(node['arguments']) && node['arguments'].length === 0;
  if (isDate && node.type === 'NewExpression' && noArguments) return ['new Date()', takeClock];
  if (isDate && node.type === 'CallExpression') return ['Date()', takeClock];
  return null;
}

function globalUse(node: Node, parent: Node | null): Ambient | null {
  const name = nameOf(node) ?? '';
  const instead = Object.hasOwn(globalNames, name) ? globalNames[name] : undefined;
  if (instead === undefined || parent === null) return null;
  const isProperty =
    parent['property'] === node && parent['computed'] === false && !isGlobalObject(parent['object']);
  const isKey = parent['key'] === node && parent['computed'] === false && parent['shorthand'] !== true;
  return isProperty || isKey || parent.type === 'TSTypeQuery' ? null : [name, instead];
}

function memberUse(node: Node): Ambient | null {
  const object =
    isNode(node['object']) && node['object'].type === 'MemberExpression'
      ? nameOf(node['object']['property'])
      : nameOf(node['object']);
  const property = nameOf(node['property']);
  if (object === null || property === null) return null;
  const name = `${object}.${property}`;
  if (object === 'crypto' && /^(random|getRandomValues)/.test(property)) return [name, takeRandom];
  const instead = Object.hasOwn(memberNames, name) ? memberNames[name] : undefined;
  return instead === undefined ? null : [name, instead];
}

function ambientImport(node: Node): Ambient | null {
  const source = node['source'];
  if (node.type !== 'ImportDeclaration' || !isNode(source)) return null;
  const specifier = String(source['value']).replace(/^node:/, '');
  const [names, instead] = (Object.hasOwn(nodeModules, specifier) ? nodeModules[specifier] : undefined) ?? [];
  if (names === undefined || instead === undefined || !Array.isArray(node['specifiers'])) return null;
  const taken = node['specifiers'].filter(isNode).map((one) => nameOf(one['imported']) ?? '');
  const found = taken.find((name) => names.test(name));
  return found === undefined ? null : [`${found} of ${specifier}`, instead];
}

function isGlobalObject(node: unknown): boolean {
  return ['globalThis', 'window', 'self'].includes(nameOf(node) ?? '');
}

function topDeclarations(program: Node): Node[] {
  const body = Array.isArray(program['body']) ? program['body'].filter(isNode) : [];
  return body
    .map((statement) => (isNode(statement['declaration']) ? statement['declaration'] : statement))
    .filter((statement) => statement.type === 'VariableDeclaration' && statement['declare'] !== true);
}

/** `const seen = new Map()` at the top can only be there to be filled later. */
function emptyCollection(declaration: Node): string | null {
  const declarators = Array.isArray(declaration['declarations'])
    ? declaration['declarations'].filter(isNode)
    : [];
  for (const { id, init } of declarators) {
    if (!isNode(init) || isReadonly(id)) continue;
    const name = nameOf(init['callee']) ?? '';
    const noArguments = Array.isArray(init['arguments']) && init['arguments'].length === 0;
    if (/^(Weak)?(Map|Set)$/.test(name) && noArguments) return `an empty ${name} at the top of a module`;
    if (init.type === 'ArrayExpression' && Array.isArray(init['elements']) && init['elements'].length === 0)
      return 'an empty array at the top of a module';
  }
  return null;
}

/** `const none: readonly string[] = []` stays empty. */
function isReadonly(id: unknown): boolean {
  const annotation =
    isNode(id) && isNode(id['typeAnnotation']) ? id['typeAnnotation']['typeAnnotation'] : null;
  if (!isNode(annotation)) return false;
  return (
    annotation['operator'] === 'readonly' || (nameOf(annotation['typeName']) ?? '').startsWith('Readonly')
  );
}
