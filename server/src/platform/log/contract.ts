import { describe, expect, it } from 'vitest';
import type { Log } from './index.ts';
import type { LogLine } from './memory.ts';

/** What every log promises, at level `debug`. `lines` tells what was written so far. */
export function logContract(name: string, open: () => { log: Log; lines: () => LogLine[] }): void {
  describe(`log: ${name}`, () => {
    it('keeps event, level and fields in order', () => {
      const { log, lines } = open();
      log.debug('one');
      log.info('two', { port: 8080 });
      log.warn('three', { list: ['a'] });
      log.error('four', { nothing: null });
      expect(lines()).toEqual([
        { level: 'debug', event: 'one', fields: {} },
        { level: 'info', event: 'two', fields: { port: 8080 } },
        { level: 'warn', event: 'three', fields: { list: ['a'] } },
        { level: 'error', event: 'four', fields: { nothing: null } },
      ]);
    });

    it('adds shared fields to its own lines only', () => {
      const { log, lines } = open();
      const inner = log.with({ node: 'a' }).with({ user: '7' });
      inner.info('inside', { port: 1 });
      log.info('outside');
      expect(lines()).toEqual([
        { level: 'info', event: 'inside', fields: { node: 'a', user: '7', port: 1 } },
        { level: 'info', event: 'outside', fields: {} },
      ]);
    });
  });
}
