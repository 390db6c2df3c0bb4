/**
 * Writes the same bytes to many sockets. Promises that each socket gets them after everything that Node was given for it
 * before, that what a socket does not take at once waits in Node's queue for it, and that a socket which is gone is let
 * be. Refuses to know what the bytes are.
 */
import type { Socket } from 'node:net';

export interface SocketWriter {
  /** How it writes, for the log. */
  readonly name: 'native' | 'plain';
  write(sockets: readonly Socket[], bytes: Buffer): void;
}

export { onceWritten } from './once-written.ts';
export { plainWriter } from './plain.ts';
export { openSocketWriter } from './native.ts';
