import { isNode, nameOf, type Node } from '../syntax.ts';
import { isCode, type Finding, type Tree } from '../tree.ts';

/** Words that say nothing about what a thing is. A service worker is a browser's word and stays. */
const emptyWords = new Set([
  'util',
  'utils',
  'utility',
  'helper',
  'helpers',
  'manager',
  'managers',
  'service',
  'services',
]);
const kebabCase = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const namedByTools = /^(README|ARCHITECTURE|CONTRIBUTING|SECURITY|CHANGELOG|LICENSE|NOTICE|Dockerfile)/;

/** Files and folders are kebab-case, and named after what they hold. */
export function fileNames(tree: Tree): Finding[] {
  return tree.files.flatMap(({ path }) => {
    const parts = path.split('/');
    const odd = parts.find((part) => !kebabCase.test(part) && !namedByTools.test(part));
    if (odd !== undefined) return [{ path, message: `${odd} is not kebab-case.` }];
    if (!isCode(path)) return [];
    const word = parts.flatMap((part) => wordsOf(part)).find((one) => emptyWords.has(one));
    return word === undefined ? [] : [{ path, message: emptyWord(word) }];
  });
}

/** The same for what a module declares at its top. */
export function declaredNames(tree: Tree): Finding[] {
  return tree.files
    .filter(({ path }) => isCode(path))
    .flatMap((file) => {
      const { program, lineAt } = file.syntax();
      return declared(program).flatMap(({ name, node }) => {
        const word = wordsOf(name).find((one) => emptyWords.has(one));
        return word === undefined
          ? []
          : [{ path: file.path, line: lineAt(node.start), message: `${name}: ${emptyWord(word)}` }];
      });
    });
}

/** Each folder's index.ts opens with a short comment: what it owns, promises, refuses to know. */
export function indexOpenings(tree: Tree): Finding[] {
  return tree.files
    .filter(({ path }) =>
      /^(server\/src\/([^/]+|platform\/[^/]+)|client\/src|cluster\/src|protocol\/src)\/index\.ts$/.test(path),
    )
    .flatMap(({ path, text }) => {
      const opening = /^(?:\/\*\*?([\s\S]*?)\*\/|((?:\/\/.*\n)+))/.exec(text);
      const lines = (opening?.[1] ?? opening?.[2] ?? '')
        .split('\n')
        .filter((line) => /\p{L}/u.test(line)).length;
      if (lines >= 1 && lines <= 5) return [];
      const message = `opens with ${lines} lines of comment. One to five are wanted: what this folder owns, what it promises, what it refuses to know.`;
      return [{ path, line: 1, message }];
    });
}

function emptyWord(word: string): string {
  return `"${word}" says nothing about what it is. Name the thing itself: what it owns or what it does.`;
}

/** The words of a kebab-case or camelCase name, in lower case; a service worker counts as one. */
function wordsOf(name: string): string[] {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  return words.replace(/service-worker/g, 'serviceworker').split(/[-._]/);
}

function declared(program: Node): { name: string; node: Node }[] {
  const body = Array.isArray(program['body']) ? program['body'].filter(isNode) : [];
  return body.flatMap((statement) => {
    const node = isNode(statement['declaration']) ? statement['declaration'] : statement;
    const several = Array.isArray(node['declarations']) ? node['declarations'].filter(isNode) : [];
    return [node, ...several].flatMap((one) => {
      const name = nameOf(one['id']);
      return name === null ? [] : [{ name, node: one }];
    });
  });
}
