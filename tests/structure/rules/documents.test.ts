import { describe, expect, test } from 'vitest';
import { report, treeOf } from '../tree.ts';
import { codeMapComplete, dependenciesExplained, links, namedPaths, nodeVersions } from './documents.ts';

describe('documents', () => {
  test('the code map is the folders', () => {
    const tree = treeOf({
      'ARCHITECTURE.md':
        '# A\n\n## Code map\n\n`server/` the server\n`server/src/rooms/` rooms\n`old/` gone\n\n## Next\n`web/`',
      'server/src/rooms/index.ts': '',
      'server/src/files/index.ts': '',
      'web/src/main.ts': '',
      '.ci/run': '',
    });
    expect(report(codeMapComplete(tree)).split('\n')).toEqual([
      'ARCHITECTURE.md its code map does not name `server/src/files/`: add a line that says what it is for.',
      'ARCHITECTURE.md its code map does not name `web/`: add a line that says what it is for.',
      'ARCHITECTURE.md its code map names `old/`, which is not there: take the line out.',
    ]);
  });

  test('each runtime dependency has its line', () => {
    const tree = treeOf({
      'server/package.json': JSON.stringify({ dependencies: { pg: '1', ws: '1' } }),
      'web/package.json': JSON.stringify({
        dependencies: { '@confab/client': '*' },
        devDependencies: { vite: '8' },
      }),
      'docs/dependencies.md':
        '## To run\n\n| package | for |\n| `pg` | x |\n| `pg` | x |\n| `left-pad` | x |\n\n## To build\n\n| `vite` | x |',
    });
    expect(report(dependenciesExplained(tree)).split('\n')).toEqual([
      'docs/dependencies.md has no line for ws of server/package.json: say under "To run" what it is for and why this one.',
      'docs/dependencies.md explains left-pad, which no package.json asks for: take the line out.',
      'docs/dependencies.md explains pg twice.',
    ]);
  });

  test('no package asks for a newer Node than the product', () => {
    const packages = {
      'node_modules/a': { version: '2.0.0', engines: { node: '>=22' } },
      'node_modules/a/node_modules/b': { version: '1.0.0', engines: { node: '^22.1 || >= 24' } },
      'node_modules/c': { version: '1.0.0', engines: { node: '>=18 || 22' } },
      'node_modules/d': { version: '1.0.0', engines: { node: '>=22' }, dev: true },
    };
    const tree = treeOf({ 'package-lock.json': JSON.stringify({ packages }) });
    expect(nodeVersions(tree).map(({ message }) => message.split(',')[0])).toEqual([
      'a 2.0.0 needs Node >=22',
      'b 1.0.0 needs Node ^22.1 || >= 24',
    ]);
  });

  test('paths in backticks are there', () => {
    const tree = treeOf({
      'ARCHITECTURE.md':
        'see `server/src/app.ts`, `server/src/` and `server/dist/cli.js`\nnot `server/src/old.ts`, nor `npm/x`',
      'docs/decisions/0001-a.md': '`server/src/old.ts`',
      'server/src/app.ts': '',
    });
    expect(report(namedPaths(tree))).toBe('ARCHITECTURE.md:2 names `server/src/old.ts`, which is not there.');
  });

  test('links lead somewhere', () => {
    const tree = treeOf({
      'README.md':
        '[a](docs/a.md#two-words) [b](docs/b.md)\n[c](docs/a.md#three) [d](https://example.org) `[e](f.md)`\n[g](docs/)',
      'docs/a.md': '# A\n\n## Two words\n\n[up](../README.md) [here](#a)\n[ref]: ./c.md',
    });
    expect(report(links(tree)).split('\n')).toEqual([
      'README.md:1 links to docs/b.md, which is not there.',
      'README.md:2 links to docs/a.md#three, but docs/a.md has no such heading.',
      'docs/a.md:6 links to ./c.md, which is not there.',
    ]);
  });
});
