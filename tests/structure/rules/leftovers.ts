import { isCode, isTest, type Finding, type SourceFile, type Tree } from '../tree.ts';

interface Forbidden {
  readonly pattern: RegExp;
  readonly message: string;
  readonly where: (file: SourceFile) => boolean;
}

const code = ({ path }: SourceFile): boolean => /\.(ts|tsx|js|mjs|css|html|sql|sh|yml)$/.test(path);
const tests = ({ path }: SourceFile): boolean => isCode(path) && isTest(path);
const vitestFunctions = '(?:it|test|describe|suite|bench)(?:\\.[a-z]+)*';

const forbidden: readonly Forbidden[] = [
  {
    pattern: /\b(TO[D]O|FIXM[E]|X[X]X|HAC[K])\b/,
    message: 'something is left to do here. Do it, or file it where the work is planned.',
    where: code,
  },
  {
    pattern: new RegExp(`\\b${vitestFunctions}\\.(skip|only|todo|fails)\\b|\\bx(it|test|describe)\\(`),
    // runIf and skipIf stay: they name what a test needs of the machine, and `npm test` counts what was left out.
    message: 'a test that does not run proves nothing. Mend it or take it out.',
    where: tests,
  },
  {
    pattern: /\bexpect\((true|false|1)\)\.to/,
    message: 'a test that cannot fail proves nothing. Expect something of the code.',
    where: tests,
  },
  {
    pattern: /\bwaitForTimeout\(|=>\s*setTimeout\(\w+,|(?<![.\w])sleep\(/,
    message: 'a test waits for a condition, never for a time.',
    where: ({ path }) => isCode(path) && /\.test\.(ts|tsx|js)$/.test(path),
  },
  {
    pattern: /@ts-(ignore|nocheck)/,
    message: 'the compiler is told to look away. Mend the type, or use @ts-expect-error with the reason.',
    where: ({ path }) => isCode(path),
  },
];

/** Nothing half done: no reminders, no tests that do not run or cannot fail, no sleeping tests. */
export function leftovers(tree: Tree): Finding[] {
  return tree.files
    .filter(isNoExample)
    .flatMap((file) =>
      forbidden
        .filter(({ where }) => where(file))
        .flatMap(({ pattern, message }) =>
          file.text
            .split('\n')
            .flatMap((line, index) =>
              pattern.test(line) ? [{ path: file.path, line: index + 1, message }] : [],
            ),
        ),
    );
}

/** The rules' own tests hold bad examples. */
function isNoExample({ path }: SourceFile): boolean {
  return !path.startsWith('tests/structure/rules/');
}
