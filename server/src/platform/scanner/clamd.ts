import { connect, type Socket } from 'node:net';
import type { Clock } from '../clock/index.ts';
import { Fault } from '../fault.ts';
import { wordsOf, type ClamdAddress } from './clamd-address.ts';
import type { Scanner, Verdict } from './index.ts';

/** Of one piece: clamd takes larger ones, too, but what waits in the socket is held in memory. */
const pieceBytesMax = 64 * 1024;
const replyBytesMax = 4 * 1024;
const findingCharsMax = 120;
const greetMsMax = 5_000;
/** Whoever wants no more answers and hangs up at once; what we write in that moment can lose the answer. */
const triesMax = 4;

/**
 * Talks to clamd by its own protocol (clamd(8), "COMMANDS"): `zINSTREAM`, then pieces that each have their length before
 * them (four bytes, big-endian), then an empty one. It answers in one line that ends in a zero byte. One connection for each.
 */
export function createClamdScanner(deps: {
  readonly address: ClamdAddress;
  readonly clock: Clock;
  /** Of one scan, from connecting to the answer. */
  readonly msMax?: number;
}): Scanner {
  const { address, clock, msMax = 300_000 } = deps;
  const name = wordsOf(address);
  return {
    async scan(read) {
      for (let tries = 1; ; tries += 1) {
        try {
          return verdictIn(await talk({ address, clock, msMax }, (line) => sendStream(line, read())), name);
        } catch (error) {
          if (!(error instanceof HungUp) || tries === triesMax) throw error;
        }
      }
    },
    async greet() {
      const reply = await talk({ address, clock, msMax: greetMsMax }, (line) => line.write('zVERSION\0'));
      if (reply.startsWith('ClamAV ')) return reply;
      throw away(`${name} answers, and not as clamd does`);
    },
  };
}

function away(words: string, cause?: unknown): Fault {
  return new Fault(words, { part: 'scanner', retryable: true, cause });
}

/** In the middle of what it was sent. */
class HungUp extends Fault {}

interface Line {
  /** Resolves when there is room for more. False when the other side wants no more: the answer is there, or it is gone. */
  write(bytes: Uint8Array | string): Promise<boolean>;
}

/** One question and its answer, without the zero byte. What went wrong behind the answer concerns nobody. */
async function talk(
  to: { address: ClamdAddress; clock: Clock; msMax: number },
  ask: (line: Line) => Promise<unknown>,
): Promise<string> {
  const { address, clock, msMax } = to;
  // Half open: an answer may still be read when the other side has stopped to listen.
  const socket = connect({ ...address, allowHalfOpen: true });
  let cause: unknown;
  let isLate = false;
  let isConnected = false;
  socket.on('connect', () => (isConnected = true));
  const timer = clock.after(msMax, () => {
    isLate = true;
    socket.destroy(new Error(`no answer within ${msMax} ms`));
  });
  socket.on('error', (error) => (cause = error));
  const answer = replyOn(socket);
  try {
    await ask(lineOver(socket));
    const reply = await answer;
    if (reply !== null) return reply;
    const why = cause instanceof Error ? cause.message : 'it hung up';
    const words = `clamd at ${wordsOf(address)} does not answer: ${why}`;
    if (isLate || !isConnected) throw away(words, cause);
    throw new HungUp(words, { part: 'scanner', retryable: true, cause });
  } finally {
    timer.cancel();
    socket.destroy();
  }
}

/** Null when the line ended before an answer did. */
function replyOn(socket: Socket): Promise<string | null> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let length = 0;
    socket.on('data', (piece: Buffer) => {
      pieces.push(piece);
      length += piece.length;
      if (!piece.includes(0) && length <= replyBytesMax) return;
      const [reply = ''] = Buffer.concat(pieces).toString('utf8').split('\0');
      resolve(reply.trim());
    });
    socket.on('end', () => resolve(null));
    socket.on('close', () => resolve(null));
  });
}

function lineOver(socket: Socket): Line {
  let isDone = false;
  const done = new Promise<void>((resolve) => {
    for (const event of ['data', 'end', 'close'] as const)
      socket.once(event, () => {
        isDone = true;
        resolve();
      });
  });
  return {
    async write(bytes) {
      if (isDone) return false;
      await Promise.race([new Promise<void>((resolve) => socket.write(bytes, () => resolve())), done]);
      return !isDone;
    },
  };
}

/** It may answer before it has everything: it has found something, or wants no more. */
async function sendStream(line: Line, bytes: AsyncIterable<Uint8Array>): Promise<void> {
  if (!(await line.write('zINSTREAM\0'))) return;
  for await (const piece of bytes) {
    for (let at = 0; at < piece.length; at += pieceBytesMax) {
      const part = piece.subarray(at, at + pieceBytesMax);
      if (!(await line.write(Buffer.concat([lengthOf(part.length), part])))) return;
    }
  }
  await line.write(lengthOf(0));
}

function lengthOf(count: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(count);
  return bytes;
}

function verdictIn(reply: string, name: string): Verdict {
  if (reply === 'stream: OK') return { kind: 'clean' };
  const [, finding] = /^stream: (.+) FOUND$/s.exec(reply) ?? [];
  // oxlint-disable-next-line no-control-regex -- a line comes from outside
  const words = finding?.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').slice(0, findingCharsMax);
  if (words !== undefined) return { kind: 'infected', finding: words };
  if (/size limit exceeded/i.test(reply)) return { kind: 'too_large' };
  throw away(`clamd at ${name} could not look at it: ${reply.slice(0, findingCharsMax)}`);
}
