import { describe, expect, test } from 'vitest';
import { report, treeOf } from '../tree.ts';
import { declaredNames, fileNames, indexOpenings } from './names.ts';

describe('names', () => {
  test('files are kebab-case and say what they hold', () => {
    const names = (path: string): string => report(fileNames(treeOf({ [path]: '' })));
    expect(names('server/src/rooms/forReading.ts')).toBe(
      'server/src/rooms/forReading.ts forReading.ts is not kebab-case.',
    );
    expect(names('web/src/Sidebar/list.tsx')).toContain('Sidebar is not kebab-case');
    expect(names('server/src/rooms/room-helpers.ts')).toContain('"helpers" says nothing');
    expect(names('server/src/utils/time.ts')).toContain('"utils" says nothing');
    expect(names('server/src/rooms/user-service.ts')).toContain('"service" says nothing');
    for (const fine of [
      'web/src/service-worker.ts',
      'server/src/rooms/rules.test.ts',
      '.ci/run',
      'README.md',
    ]) {
      expect(names(fine)).toBe('');
    }
  });

  test('so are classes, functions, types and constants', () => {
    const names = (text: string): string => report(declaredNames(treeOf({ 'server/src/a.ts': text })));
    expect(names('export class SessionManager {}')).toContain('SessionManager: "manager" says nothing');
    expect(names('function sendHelper() {}')).toContain('"helper"');
    expect(names('export interface UserService {}')).toContain('"service"');
    expect(names('export const a = 1, timeUtils = 2;')).toContain('"utils"');
    expect(names('const serviceWorkerUrl = 1; function manage() {}')).toBe('');
  });

  test('an index.ts says what its folder owns', () => {
    const opening = (text: string): string =>
      report(indexOpenings(treeOf({ 'server/src/rooms/index.ts': text })));
    expect(opening(`export { a } from './a.ts';`)).toContain('opens with 0 lines');
    expect(opening(`/**\n * Owns.\n * Promises.\n * Refuses.\n */\nexport {};`)).toBe('');
    expect(opening(`// Owns.\n// Promises.\nexport {};`)).toBe('');
    expect(opening(`/**\n${' * More.\n'.repeat(6)} */`)).toContain('opens with 6 lines');
  });
});
