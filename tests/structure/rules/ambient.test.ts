import { describe, expect, test } from 'vitest';
import { report, treeOf } from '../tree.ts';
import { ambientUse, moduleState } from './ambient.ts';

function uses(text: string, path = 'server/src/rooms/a.ts'): string {
  return report(ambientUse(treeOf({ [path]: text })));
}

describe('ambient state', () => {
  test.each([
    ['const a = Date.now();', 'uses Date.now. Take a Clock'],
    ['const a = new Date();', 'uses new Date(). Take a Clock'],
    ['const a = Date();', 'uses Date(). Take a Clock'],
    ['const a = performance.now();', 'Take a Clock'],
    ['const a = Math.random();', 'uses Math.random. Take a Random'],
    ['setTimeout(() => {}, 1);', 'uses setTimeout. Take a Clock'],
    ['globalThis.setInterval(f, 1);', 'uses setInterval. Take a Clock'],
    ['const later = { setTimeout };', 'uses setTimeout'],
    ['const a = crypto.randomUUID();', 'Take a Random'],
    ['globalThis.crypto.getRandomValues(a);', 'Take a Random'],
    [`import { randomBytes as bytes } from 'node:crypto';`, 'uses randomBytes of crypto'],
    [`import { setTimeout as sleep } from 'node:timers/promises';`, 'Take a Clock'],
    [`import { env } from 'node:process';`, 'config.ts'],
    [`console.log('a');`, 'uses console. Take a Log'],
    ['const a = process.env.PORT;', 'uses process.env. Read it in server/src/config.ts'],
    [`const a = process.env['PORT'];`, 'config.ts'],
  ])('%s', (text, message) => {
    expect(uses(text)).toContain(message);
  });

  test('passed-in things of the same name, and times given, are fine', () => {
    expect(uses('const a = new Date(deps.clock.now());')).toBe('');
    expect(uses('deps.platform.setTimeout(f); const a = { console: 1 };')).toBe('');
    expect(uses('let a: ReturnType<typeof setTimeout>;')).toBe('');
    expect(uses(`import { createHash } from 'node:crypto';`)).toBe('');
  });

  test('the platform, the configuration, tests and tools may', () => {
    for (const path of [
      'server/src/platform/clock/system.ts',
      'server/src/config.ts',
      'client/src/platform/clock.ts',
      'web/src/platform/clock.ts',
      'server/src/rooms/a.test.ts',
      'bench/main.ts',
      'tools/dev.js',
    ]) {
      expect(uses('const a = Date.now();', path)).toBe('');
    }
    expect(uses('const a = Date.now();', 'web/src/rooms/list.tsx')).not.toBe('');
    expect(uses('const a = Date.now();', 'simulation/scheduler.ts')).not.toBe('');
  });

  test.each([
    'let count = 0;',
    'export let current: string | null = null;',
    'const seen = new Map<string, string>();',
    'export const queue: string[] = [];',
  ])('at the top of a module: %s', (text) => {
    const state = (source: string): string =>
      report(moduleState(treeOf({ 'server/src/rooms/a.ts': source })));
    expect(state(text)).toContain('Keep it inside the createX');
    expect(state(`export function createA() { ${text.replace('export ', '')} }`)).toBe('');
  });

  test('a table with entries is not state', () => {
    const text = `const a = new Map([['b', 1]]); export const c = ['d']; declare const e: string; const f: readonly string[] = [], g: ReadonlySet<string> = new Set();`;
    expect(report(moduleState(treeOf({ 'web/src/a.ts': text })))).toBe('');
  });
});
