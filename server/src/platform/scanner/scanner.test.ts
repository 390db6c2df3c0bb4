import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { eicar, silence, startClamd, type ClamdForTests } from '../../../../tests/support/clamd.ts';
import { createManualClock, systemClock } from '../clock/index.ts';
import { scannerContract } from './contract.ts';
import { createClamdScanner, createMemoryScanner, readClamdAddress } from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'confab-clamd-'));
const open: ClamdForTests[] = [];
afterAll(async () => {
  for (const one of open) await one.close();
  rmSync(folder, { recursive: true });
});

type Given = Parameters<typeof startClamd>[0];

async function start(given: Given = {}): Promise<ClamdForTests> {
  const clamd = await startClamd(given);
  open.push(clamd);
  return clamd;
}

async function scannerBy(given: Given = {}) {
  const { address } = await start(given);
  return createClamdScanner({ address, clock: systemClock });
}

const one = (text: string | Uint8Array) => () => pieces([Buffer.from(text)]);
async function* pieces(all: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* all;
}

const bytesMax = 1_000_000;
const inMemory = createMemoryScanner((bytes) => {
  if (bytes.length > bytesMax) return { kind: 'too_large' };
  return bytes.includes(eicar) ? { kind: 'infected', finding: 'Eicar-Test-Signature' } : { kind: 'clean' };
});
let sockets = 0;
const nextSocket = (): string => join(folder, `${(sockets += 1)}.ctl`);
scannerContract('in memory', { eicar, open: () => Promise.resolve(inMemory) });
scannerContract('clamd at a port', { eicar, open: () => scannerBy({ bytesMax }) });
scannerContract('clamd at a socket', { eicar, open: () => scannerBy({ bytesMax, at: nextSocket() }) });

describe('clamd', () => {
  it('gets all bytes, in order, however they come', async () => {
    const clamd = await start();
    const scanner = createClamdScanner({ address: clamd.address, clock: systemClock });
    const all = Array.from({ length: 5 }, (_, n) => Buffer.alloc(n * 50_000, String(n)));
    expect(await scanner.scan(() => pieces(all))).toEqual({ kind: 'clean' });
    expect(clamd.looked[0]?.equals(Buffer.concat(all))).toBe(true);
  });

  it.each([
    ['hangs up', null],
    ['says what nobody understands', 'stream: maybe'],
    ['has trouble of its own', "stream: Can't allocate memory ERROR"],
    ['says too much', 'x'.repeat(100_000)],
  ])('that %s is away', async (_, answer) => {
    const scanner = await scannerBy({ answer: () => answer });
    await expect(scanner.scan(one('hello'))).rejects.toMatchObject({ part: 'scanner', retryable: true });
  });

  it('is asked again when it hung up in the middle', async () => {
    let times = 0;
    const scanner = await scannerBy({ answer: () => ((times += 1) < 3 ? null : 'stream: OK') });
    expect(await scanner.scan(one('hello'))).toEqual({ kind: 'clean' });
  });

  it('that says nothing is waited for so long', async () => {
    const clock = createManualClock();
    const clamd = await start({ answer: () => silence });
    const scanner = createClamdScanner({ address: clamd.address, clock, msMax: 1_000 });
    const asked = scanner.scan(one('hello'));
    const failed = expect(asked).rejects.toMatchObject({
      part: 'scanner',
      message: expect.stringContaining('1000 ms') as unknown,
    });
    await expect.poll(() => clamd.looked.length, { timeout: 30_000 }).toBe(1);
    clock.elapse(1_000);
    await failed;
  });

  it('that is not there is away', async () => {
    const { address, close } = await startClamd();
    await close();
    const scanner = createClamdScanner({ address, clock: systemClock });
    await expect(scanner.scan(one('hello'))).rejects.toMatchObject({ part: 'scanner' });
    await expect(scanner.greet()).rejects.toMatchObject({ part: 'scanner' });
  });

  it('gives names that fit on a line', async () => {
    const scanner = await scannerBy({ answer: () => `stream: ${'Long\nName '.repeat(50)} FOUND` });
    const verdict = await scanner.scan(one('hello'));
    expect(verdict).toMatchObject({ kind: 'infected' });
    if (verdict.kind === 'infected') expect(verdict.finding).toMatch(/^[^\n]{1,120}$/);
  });
});

describe('where clamd listens', () => {
  it.each([
    ['127.0.0.1:3310', { host: '127.0.0.1', port: 3310 }],
    ['clamd.example.org:3310', { host: 'clamd.example.org', port: 3310 }],
    ['[::1]:3310', { host: '::1', port: 3310 }],
    ['/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
  ])('reads %s', (text, address) => {
    expect(readClamdAddress(text)).toEqual(address);
  });

  it.each([
    '',
    'clamd',
    'clamd:',
    ':3310',
    'clamd:0',
    'clamd:70000',
    '::1:3310',
    'a b:1',
    `/${'x'.repeat(200)}`,
  ])('does not read %j', (text) => expect(readClamdAddress(text)).toBeUndefined());
});
