import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logContract } from './contract.ts';
import { createMemoryLog, type LogLine } from './memory.ts';
import { createPinoLog } from './pino.ts';

logContract('memory', () => {
  const log = createMemoryLog();
  return { log, lines: () => [...log.lines] };
});

logContract('pino', () => {
  const written: string[] = [];
  const log = createPinoLog({ level: 'debug', format: 'json', write: (line) => written.push(line) });
  return { log, lines: () => written.map(parsed) };
});

function parsed(line: string): LogLine {
  const { level, event, time, ...fields } = JSON.parse(line) as Record<string, unknown>;
  expect(new Date(String(time)).toISOString()).toBe(time);
  return { level: level as LogLine['level'], event: String(event), fields };
}

describe('log: what pino adds', () => {
  const open = (format: 'json' | 'text', level: 'info' | 'silent' = 'info') => {
    const written: string[] = [];
    return { log: createPinoLog({ level, format, write: (line) => written.push(line) }), written };
  };

  it('leaves out what is below its level', () => {
    const { log, written } = open('json');
    log.debug('quiet');
    open('json', 'silent').log.error('nothing');
    expect(written).toEqual([]);
  });

  it('never writes a secret', () => {
    const { log, written } = open('json');
    log.info('signed in', { password: 'swordfish', user: { token: 'swordfish', name: 'Ann' } });
    expect(written.join('')).toContain('Ann');
    expect(written.join('')).not.toContain('swordfish');
  });

  it('writes an error with its stack and its cause', () => {
    const { log, written } = open('json');
    log.error('broke', { error: new Error('outer', { cause: new Error('inner') }) });
    const line = JSON.parse(written[0] ?? '') as { error: { message: string; stack: string; cause: object } };
    expect(line.error.stack).toContain('log.test.ts');
    expect(line.error.cause).toMatchObject({ message: 'inner' });
  });

  it('is readable as text, and control characters cannot rewrite the screen', () => {
    const { log, written } = open('text');
    log
      .with({ node: 'a' })
      .warn('odd\u001b[2Jname', { path: '/x', said: 'two words', error: new Error('why') });
    const lines = (written[0] ?? '').split('\n');
    expect(lines[0]).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} warn {2}odd \[2Jname node=a path=\/x said="two words" error="why"$/,
    );
    expect(lines[1]).toBe('Error: why');
  });
});

it.skipIf(process.platform !== 'linux')('lets a program end whose log goes to a full disk', async () => {
  const full = openSync('/dev/full', 'w');
  const words = `
    import { createPinoLog } from '${import.meta.dirname}/pino.ts';
    const log = createPinoLog({ level: 'info', format: 'json' });
    log.info('first');
    setTimeout(() => { log.info('last'); console.log('went on'); }, 100);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', words], {
    stdio: ['ignore', 'pipe', full],
  });
  closeSync(full);
  let said = '';
  child.stdout?.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  expect([code, said]).toEqual([0, 'went on\n']);
});
