/**
 * Frames on their way out. What one turn of the program has for a socket goes in one write, and what it has for many
 * sockets goes to all of them in one go. After a large crowd was served the next frames wait for as long as that took,
 * and never for long: then there are more of them for each write, and others get their turn.
 */
import type { Socket } from 'node:net';
import type { Clock } from '../platform/clock/index.ts';
import type { SocketWriter } from '../platform/socket-writer/index.ts';

/** What took less is no crowd. */
const crowdMs = 2;
const pauseMsMax = 4;

/** One socket's place in the turn's departures. */
export interface Departure {
  readonly socket: Socket;
  /** What waits for this turn's end: usually one frame's bytes, which many sockets share. */
  waiting: Buffer | Buffer[] | null;
}

export interface Outgoing {
  add(departure: Departure, bytes: Buffer): void;
  /** Sends what waits for one socket now. */
  flush(departure: Departure): void;
}

export function createOutgoing(deps: { clock: Clock; writer: SocketWriter }): Outgoing {
  const { clock, writer } = deps;
  let departures: Departure[] = [];
  let scheduled = false;
  let joined: { parts: readonly Buffer[]; bytes: Buffer } | null = null;

  /** Many sockets often get the same few frames: joined once. */
  function join(parts: readonly Buffer[]): Buffer {
    const same =
      joined?.parts.length === parts.length && joined.parts.every((part, at) => part === parts[at]);
    if (!same) joined = { parts, bytes: Buffer.concat(parts) };
    return joined?.bytes ?? Buffer.alloc(0);
  }

  function take(departure: Departure): Buffer | null {
    const { waiting } = departure;
    departure.waiting = null;
    return Array.isArray(waiting) ? join(waiting) : waiting;
  }

  function sendAll(): void {
    const leaving = departures;
    departures = [];
    let sockets: Socket[] = [];
    let bytes: Buffer | null = null;
    for (const departure of leaving) {
      const next = take(departure);
      if (next === null) continue;
      if (bytes !== null && next !== bytes) {
        writer.write(sockets, bytes);
        sockets = [];
      }
      bytes = next;
      sockets.push(departure.socket);
    }
    if (bytes !== null) writer.write(sockets, bytes);
    joined = null;
  }

  function depart(): void {
    const startedAt = clock.now();
    sendAll();
    const tookMs = Math.min(Math.max(0, clock.now() - startedAt), pauseMsMax);
    if (tookMs < crowdMs) scheduled = false;
    else clock.after(tookMs, again);
  }

  function again(): void {
    scheduled = false;
    if (departures.length > 0) schedule();
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    clock.soon(depart);
  }

  return {
    add(departure, bytes) {
      const { waiting } = departure;
      if (waiting === null) {
        departure.waiting = bytes;
        departures.push(departure);
        schedule();
      } else if (Array.isArray(waiting)) waiting.push(bytes);
      else departure.waiting = [waiting, bytes];
    },
    flush(departure) {
      const bytes = take(departure);
      if (bytes !== null) writer.write([departure.socket], bytes);
    },
  };
}

/** In bytes. */
export function waitingBytes({ waiting }: Departure): number {
  if (waiting === null) return 0;
  return Array.isArray(waiting) ? waiting.reduce((sum, bytes) => sum + bytes.length, 0) : waiting.length;
}
