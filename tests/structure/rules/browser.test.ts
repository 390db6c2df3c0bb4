import { describe, expect, test } from 'vitest';
import { report, treeOf } from '../tree.ts';
import { browserBundle, browserSockets } from './browser.ts';

const schemas = `import Type from 'typebox'; export const user = Type.Object({}); export interface User {}`;

describe('what the browser loads', () => {
  test('a schema reached over the client is found, with the way to it', () => {
    const tree = treeOf({
      'web/src/main.ts': `import { connect } from '@confab/client';`,
      'client/src/index.ts': `export { connect } from './connect.ts';`,
      'client/src/connect.ts': `import { user } from '@confab/protocol/users';`,
      'protocol/src/users.ts': schemas,
    });
    expect(report(browserBundle(tree))).toBe(
      'protocol/src/users.ts:1 the browser would load typebox: web/src/main.ts -> client/src/index.ts -> client/src/connect.ts -> protocol/src/users.ts -> typebox. Browser code takes only types from the files that declare schemas: use `import type`.',
    );
  });

  test('a type import is erased, a named type in a value import is not', () => {
    const load = (text: string): string =>
      report(browserBundle(treeOf({ 'web/src/main.ts': text, 'protocol/src/users.ts': schemas })));
    expect(load(`import type { User } from '@confab/protocol/users';`)).toBe('');
    expect(load(`export type { User } from '@confab/protocol/users';`)).toBe('');
    expect(load(`type U = import('@confab/protocol/users').User;`)).toBe('');
    expect(load(`import { type User } from '@confab/protocol/users';`)).toContain('typebox');
    expect(load(`const users = await import('@confab/protocol/users');`)).toContain('typebox');
    expect(load(`import { readFile } from 'node:fs';`)).toContain('node:fs');
  });

  test('sockets are opened by the platform of the client only', () => {
    const sockets = (path: string): string =>
      report(browserSockets(treeOf({ [path]: `const s = new WebSocket(url);` })));
    expect(sockets('web/src/app.tsx')).toContain('names WebSocket');
    expect(sockets('web/src/platform/socket.ts')).toContain('names WebSocket');
    expect(sockets('client/src/connection.ts')).toContain('names WebSocket');
    expect(sockets('client/src/platform/socket.ts')).toBe('');
    expect(sockets('server/src/gateway/websocket.ts')).toBe('');
  });
});
