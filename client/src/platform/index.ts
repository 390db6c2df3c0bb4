/**
 * The outside world of a client, passed in, so that many clients run in one process under one simulated clock, seed
 * and network. Adapters stand beside; `storage/` has its own contract.
 */
import type { Storage } from './storage/index.ts';

/** All times are milliseconds. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Runs `work` once, `delayMs` from now. */
  after(delayMs: number, work: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

export interface Random {
  /** A fresh identifier that nobody else makes: 8 to 64 characters of base64url. */
  id(): string;
  /** A number in [0, 1). */
  fraction(): number;
}

/** Opens sockets that carry text. */
export interface Sockets {
  open(url: string, listener: SocketListener): Socket;
}

export interface Socket {
  /** Only after `opened` and before `closed`. */
  send(text: string): void;
  /** Says goodbye; `closed` may or may not be called afterwards. */
  close(): void;
}

/** Never called before `open` has returned. `closed` also stands for an attempt that failed, and is called once. */
export interface SocketListener {
  opened(): void;
  message(text: string): void;
  closed(): void;
}

/** Which of several clients on one device writes down there what all of them know. Without it every client does. */
export interface Leadership {
  /** Calls back, once, when this one leads; the result gives the lead up, or the wait for it. */
  lead(onLead: () => void): () => void;
}

export interface Platform {
  readonly clock: Clock;
  readonly random: Random;
  readonly sockets: Sockets;
  readonly storage: Storage;
  readonly leadership?: Leadership;
}

export type { Storage } from './storage/index.ts';
