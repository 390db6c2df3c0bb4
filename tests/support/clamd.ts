/** Speaks clamd's protocol, and finds one thing: for tests where the real one (150 MB with its signatures) is not. */
import { rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { ClamdAddress } from '@confab/server/platform/scanner/index';

/** It says nothing, and does not hang up. */
export const silence = Symbol('silence');

/** What all scanners find, in two halves, so that none finds it here. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

export interface ClamdForTests {
  readonly address: ClamdAddress;
  /** Streams that came to their end. */
  readonly looked: readonly Buffer[];
  close(): Promise<void>;
}

/**
 * @param given.at a port that was taken before, or the path of a socket
 * @param given.answer instead of what clamd would say; null: it hangs up
 */
export async function startClamd(
  given: {
    at?: number | string;
    bytesMax?: number;
    answer?: (stream: Buffer) => string | null | typeof silence;
  } = {},
): Promise<ClamdForTests> {
  const { at = 0, bytesMax = Infinity, answer = usualAnswer } = given;
  const looked: Buffer[] = [];
  const lines = new Set<Socket>();
  const server = createServer((socket) => {
    lines.add(socket);
    socket.on('close', () => lines.delete(socket)).on('error', () => {});
    let held = Buffer.alloc(0);
    const end = (words: string | null | typeof silence): void => {
      socket.removeAllListeners('data').resume();
      if (words === silence) return;
      if (words === null) socket.end();
      else socket.end(`${words}\0`);
    };
    socket.on('data', (piece: Buffer) => {
      held = Buffer.concat([held, piece]);
      const read = readStream(held, bytesMax);
      if (read === 'version') return end('ClamAV 1.4.6/27000/Fri Nov 27 08:00:00 2026');
      if (read === 'unknown') return end('UNKNOWN COMMAND');
      if (read === 'too large') return end('INSTREAM size limit exceeded. ERROR');
      if (read === null) return undefined;
      looked.push(read);
      return end(answer(read));
    });
  });
  await new Promise<void>((resolve) => {
    if (typeof at === 'string') server.listen(at, resolve);
    else server.listen(at, '127.0.0.1', resolve);
  });
  return {
    address:
      typeof at === 'string'
        ? { path: at }
        : { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
    looked,
    async close() {
      for (const line of lines) line.destroy();
      await new Promise((resolve) => server.close(resolve));
      if (typeof at === 'string') rmSync(at, { force: true });
    },
  };
}

function usualAnswer(stream: Buffer): string {
  return stream.includes(eicar) ? 'stream: Eicar-Test-Signature FOUND' : 'stream: OK';
}

/** Null while there is more to come. */
function readStream(held: Buffer, bytesMax: number): Buffer | 'version' | 'unknown' | 'too large' | null {
  const end = held.indexOf(0);
  if (end === -1) return null;
  const command = held.toString('latin1', 0, end);
  if (command === 'zVERSION') return 'version';
  if (command !== 'zINSTREAM') return 'unknown';
  const pieces: Buffer[] = [];
  let sum = 0;
  for (let at = end + 1; at + 4 <= held.length;) {
    const length = held.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    sum += length;
    if (sum > bytesMax) return 'too large';
    if (at + 4 + length > held.length) return null;
    pieces.push(held.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return null;
}
