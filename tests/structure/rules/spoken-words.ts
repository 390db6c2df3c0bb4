import { childrenOf, isNode, nameOf, walk, type Node } from '../syntax.ts';
import { isTest, type Finding, type SourceFile, type Tree } from '../tree.ts';

/** Attributes and properties whose texts people read or hear. */
const spokenNames = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'confirmLabel',
  'data-tooltip',
  'description',
  'empty',
  'foot',
  'hint',
  'label',
  'lead',
  'note',
  'placeholder',
  'title',
]);
/** Calls that speak: what they are given is read out or shown. */
const speakers = new Set(['say', 'show']);
/** Ours in every language. */
const names = new Set(['Confab']);
/** An example of what to type, not a word: `example.org`, `party_parrot`. */
const example = /^[a-z0-9]+([._@/:-]+[a-z0-9]+)+$/;

/**
 * The web client says nothing that is not in a language file: no text in JSX, in attributes that are read or heard, in
 * toasts and announcements.
 */
export function spokenWords(tree: Tree): Finding[] {
  return tree.files.filter(speaks).flatMap(wordsIn);
}

function speaks({ path }: SourceFile): boolean {
  return /^web\/src\/(?!language\/|gallery\/).*\.tsx?$/.test(path) && !isTest(path);
}

function wordsIn(file: SourceFile): Finding[] {
  const { program, lineAt } = file.syntax();
  const findings: Finding[] = [];
  walk(program, (node, parent) => {
    if (/^TS(Type|Interface|LiteralType)/.test(node.type)) return false;
    for (const { text, start } of spokenBy(node, parent)) {
      const words = text.trim().replaceAll(/\s+/g, ' ');
      const message = `says "${words}" itself. Put it into web/src/language/{en,de,ja} and take it from there with useWords().`;
      findings.push({ path: file.path, line: lineAt(start), message });
    }
    return true;
  });
  return findings;
}

interface Said {
  readonly text: string;
  readonly start: number;
}

/** What a node itself says. What stands below it is asked on its own, so that nothing is found twice. */
function spokenBy(node: Node, parent: Node | null): Said[] {
  const value = node['value'];
  switch (node.type) {
    case 'JSXText':
      return literal(node);
    case 'JSXExpressionContainer':
      return parent?.type === 'JSXAttribute' ? [] : textsOf(node['expression']);
    case 'JSXAttribute':
      return spokenNames.has(attributeName(node['name'])) ? textsOf(value) : [];
    case 'Property':
      return spokenNames.has(propertyName(node['key'])) ? textsOf(value).filter(isNoKey) : [];
    case 'CallExpression':
      return isSpeaker(node['callee']) ? childrenOf(node).flatMap(given) : [];
    default:
      return [];
  }
}

/** The texts that an expression may come to: through conditions, fallbacks and templates. */
function textsOf(value: unknown): Said[] {
  if (!isNode(value)) return [];
  switch (value.type) {
    case 'Literal':
      return literal(value);
    case 'TemplateLiteral':
      return childrenOf(value)
        .filter(({ type }) => type === 'TemplateElement')
        .flatMap(literal);
    case 'ConditionalExpression':
      return [value['consequent'], value['alternate']].flatMap(textsOf);
    case 'LogicalExpression':
      return [value['left'], value['right']].flatMap(textsOf);
    case 'BinaryExpression':
      return value['operator'] === '+' ? [value['left'], value['right']].flatMap(textsOf) : [];
    case 'JSXExpressionContainer':
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
      return textsOf(value['expression']);
    default:
      return [];
  }
}

/** What is given to a speaker: a text, or an object with one. */
function given(value: Node): Said[] {
  if (value.type !== 'ObjectExpression') return textsOf(value);
  return childrenOf(value)
    .filter(({ type, key }) => type === 'Property' && propertyName(key) === 'text')
    .flatMap((property) => textsOf(property['value']));
}

function literal(node: Node): Said[] {
  const value = node['value'];
  const text = isRaw(value) ? value.raw : value;
  if (typeof text !== 'string' || !/\p{L}/u.test(text)) return [];
  const words = text.trim();
  return names.has(words) || example.test(words) ? [] : [{ text, start: node.start }];
}

function isRaw(value: unknown): value is { raw: string } {
  return typeof value === 'object' && value !== null && 'raw' in value && typeof value.raw === 'string';
}

/** Objects also map a title to a colour, say: one word in small letters. */
function isNoKey({ text }: Said): boolean {
  return !/^[a-z0-9-]+$/.test(text);
}

function attributeName(name: unknown): string {
  return isNode(name) && typeof name['name'] === 'string' ? name['name'] : '';
}

function propertyName(key: unknown): string {
  if (isNode(key) && key.type === 'Literal' && typeof key['value'] === 'string') return key['value'];
  return nameOf(key) ?? '';
}

/** `announcer.say`, `toasts.show`, however they were reached. */
function isSpeaker(callee: unknown): boolean {
  return (
    isNode(callee) && callee.type === 'MemberExpression' && speakers.has(nameOf(callee['property']) ?? '')
  );
}
