import { describe, expect, test } from 'vitest';
import { report, treeOf } from '../tree.ts';
import { domainCycles, importDirections, importEndings } from './import-directions.ts';

function directions(path: string, text: string): string {
  return report(importDirections(treeOf({ [path]: text })));
}

describe('import directions', () => {
  test('a layer may not import what stands above it', () => {
    expect(directions('server/src/kit/time.ts', `import { a } from '../platform/clock/index.ts';`)).toBe(
      'server/src/kit/time.ts:1 imports server/src/platform/clock/index.ts against the direction kit <- platform <- cluster <- delivery <- domains <- gateway <- app. Let it append an event that platform reads, or take what it needs as a parameter.',
    );
    expect(directions('server/src/delivery/a.ts', `export * from '../rooms/index.ts';`)).toContain('against');
    expect(directions('server/src/rooms/a.ts', `import type { A } from '../gateway/a.ts';`)).toContain(
      'against',
    );
    expect(directions('server/src/rooms/a.ts', `const a = await import('../app.ts');`)).toContain('against');
    expect(directions('server/src/rooms/a.ts', `import '../cli/index.ts';`)).toContain('against');
    expect(directions('server/src/cluster/a.ts', `import '../delivery/index.ts';`)).toContain('against');
  });

  test('downward is fine, in a test everything is', () => {
    expect(directions('server/src/rooms/a.ts', `import { a } from '../delivery/index.ts';`)).toBe('');
    expect(directions('server/src/app.ts', `import { a } from './gateway/index.ts';`)).toBe('');
    expect(directions('server/src/cli/users.ts', `import { a } from '../app.ts';`)).toBe('');
    expect(directions('server/src/kit/a.test.ts', `import { a } from '../app.ts';`)).toBe('');
    expect(directions('server/src/rooms/a.ts', `import { a } from './rules.ts'; import b from 'pg';`)).toBe(
      '',
    );
  });

  test('a domain and a port are used through their index.ts', () => {
    expect(directions('server/src/messages/a.ts', `import { a } from '../rooms/store.ts';`)).toContain(
      'only through',
    );
    expect(directions('server/src/gateway/a.ts', `import { a } from '../rooms/store.ts';`)).toContain(
      'only through',
    );
    expect(directions('server/src/rooms/a.ts', `import { a } from '../platform/bus/memory.ts';`)).toContain(
      'port',
    );
    expect(directions('server/src/rooms/a.ts', `import { Fault } from '../platform/fault.ts';`)).toBe('');
  });

  test('workspaces import only what stands below them, by the name of the package', () => {
    expect(directions('protocol/src/a.ts', `import { a } from '@confab/client';`)).toContain(
      'nothing of ours',
    );
    expect(directions('client/src/a.ts', `import { a } from '@confab/server/app';`)).toContain(
      'only protocol',
    );
    expect(directions('server/src/app.ts', `import { a } from '@confab/client';`)).toContain(
      'only bench and cluster and protocol',
    );
    expect(directions('web/src/a.tsx', `import { a } from '../../server/src/app.ts';`)).toContain(
      'only client',
    );
    expect(directions('web/src/a.tsx', `import { a } from '../../client/src/index.ts';`)).toContain(
      '@confab/client',
    );
    expect(directions('web/src/a.tsx', `import { a } from '@confab/client';`)).toBe('');
    expect(directions('simulation/main.ts', `import { a } from '../server/src/app.ts';`)).toBe('');
  });

  test('domains that use each other over a third are found', () => {
    const tree = treeOf({
      'server/src/rooms/index.ts': `import type { A } from '../users/index.ts';`,
      'server/src/users/index.ts': `import { a } from '../files/index.ts';`,
      'server/src/files/index.ts': `import { a } from '../rooms/index.ts';`,
      'server/src/search/index.ts': `import { a } from '../rooms/index.ts';`,
    });
    expect(domainCycles(tree).map(({ path }) => path)).toEqual([
      'server/src/files/index.ts',
      'server/src/rooms/index.ts',
      'server/src/users/index.ts',
    ]);
  });

  test('a file is imported with its ending', () => {
    const tree = treeOf({
      'web/src/a.ts': `import './b';\nimport './c.css';\nimport './d.svg?raw';\nimport './e.ts?worker&url';`,
    });
    expect(report(importEndings(tree))).toBe(`web/src/a.ts:1 import './b' with its ending (.ts or .tsx).`);
  });
});
