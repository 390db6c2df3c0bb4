/**
 * Connections between clients and nodes. A balancer sends each new one to some node. A connection may be slow, stall,
 * or be cut with frames on the way: then either side learns it sooner, later, or only from the silence.
 */
import type { Sockets } from '@confab/client/platform/index';
import type { Transport } from '@confab/server/gateway/connection';
import type { Choices } from '../choices.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Trace } from '../trace.ts';
import type { Weather } from '../weather.ts';
import { connect } from './link.ts';

/** Who connects: a device of a person. */
export interface Caller {
  readonly device: string;
  readonly userId: string;
  /** Of the session, as the browser's cookie carries it. */
  readonly secret: string;
}

/** The node's end of a connection. */
export interface Accepted {
  receive(text: string): void;
  lost(): void;
}

/** A node as the balancer knows it. */
export interface Door {
  readonly name: string;
  /** Null when nobody listens there. */
  accept(caller: Caller, transport: Transport): Accepted | null;
}

export interface Link {
  readonly id: string;
  readonly caller: Caller;
  readonly node: string;
  readonly isOpen: boolean;
  /** Frames wait at the node for so long: a slow reader. */
  stall(forMs: number): void;
  /** The connection dies. `silently`: both sides find out late. */
  cut(how: { silently: boolean }): void;
  /** The node has died. */
  abandon(): void;
}

/** Sees every text where the node reads or writes it. */
export interface Tap {
  opened(link: Link): void;
  nodeReads(link: Link, text: string): void;
  /** @param queuedBytes that waited at the node before these. */
  nodeWrites(link: Link, texts: readonly string[], queuedBytes: number): void;
}

export interface Network {
  socketsFor(caller: Caller): Sockets;
  readonly links: readonly Link[];
}

export interface NetworkDeps {
  readonly scheduler: Scheduler;
  readonly choices: Choices;
  readonly trace: Trace;
  readonly weather: () => Weather;
  /** Where the balancer would send somebody now; null: nowhere. */
  readonly balance: () => Door | null;
  readonly tap: Tap;
  /** How many bytes one byte counts for in a queue, so that few messages fill it. */
  readonly byteWeight: number;
}

export function createNetwork(deps: NetworkDeps): Network {
  const links = new Set<Link>();
  let count = 0;
  return {
    socketsFor: (caller) => ({
      open(_url, listener) {
        count += 1;
        const id = `${caller.device}#${count}`;
        const { link, socket } = connect(deps, {
          id,
          caller,
          listener,
          forget: (gone) => links.delete(gone),
        });
        links.add(link);
        return socket;
      },
    }),
    get links() {
      return [...links];
    },
  };
}
