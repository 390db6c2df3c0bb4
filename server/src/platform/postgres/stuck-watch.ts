/**
 * Connections that say nothing any more while nobody hangs up: their server is frozen or cut off and has been replaced,
 * or what lies in between has forgotten them. A query on such a connection would wait for its whole limit. So while one
 * waits, somebody asks on a new connection who the primary is and what it is doing. What belongs to another server is
 * cut, and so is what waits for a process that does nothing: the queries end with an unknown outcome, as when the server
 * had died.
 */
import type { Client } from 'pg';
import type { Log } from '../log/index.ts';
import type { Primary } from './primary.ts';

/** A process of one life of a server, which serves one connection. */
export interface Backend {
  readonly life: string;
  readonly pid: number;
}

export interface StuckWatch {
  add(client: Client, backend: Backend): void;
  remove(client: Client): void;
  /** A statement is on its way; call the result when it was answered. Of a connection that was not added nothing is kept. */
  waiting(client: Client): () => void;
  close(): void;
}

/** Longer than almost any statement takes. */
const suspiciousMs = 3_000;
/** An answer that was given may be on its way for as long: a large one, by a poor network. */
const silentMs = 5_000;
const lookEveryMs = 1_000;

export function createStuckWatch(deps: {
  /** The server that is the primary now. Rejects when there is none. */
  findPrimary: () => Promise<Pick<Primary, 'life' | 'busy'>>;
  log: Log;
}): StuckWatch {
  const backends = new Map<Client, Backend>();
  const unanswered = new Set<{ client: Client; since: number }>();
  let looking = false;
  let timer: NodeJS.Timeout | undefined;

  function cut(clients: readonly Client[], why: string): void {
    if (clients.length === 0) return;
    deps.log.warn(why, { count: clients.length });
    for (const client of clients) client.connection.stream.destroy();
  }

  async function look(): Promise<void> {
    const now = performance.now();
    const waits = [...unanswered].filter(({ since }) => now - since >= suspiciousMs);
    if (looking || waits.length === 0) return;
    looking = true;
    try {
      const { life, busy } = await deps.findPrimary();
      const ofAnother = [...backends].filter(([, backend]) => backend.life !== life);
      cut(
        ofAnother.map(([client]) => client),
        'connections to a database server that has been replaced are cut',
      );
      const silent = waits.filter((wait) => {
        const backend = backends.get(wait.client);
        const waitsOn = now - wait.since >= silentMs && unanswered.has(wait);
        return waitsOn && backend?.life === life && !busy.includes(backend.pid);
      });
      cut(
        [...new Set(silent.map(({ client }) => client))],
        'connections to the database that have fallen silent are cut',
      );
    } catch {
      // Nobody is the primary: there is nowhere to go, and the old one may still answer.
    } finally {
      looking = false;
    }
  }

  return {
    add(client, backend) {
      backends.set(client, backend);
      timer ??= setInterval(() => void look(), lookEveryMs).unref();
    },
    remove(client) {
      backends.delete(client);
    },
    waiting(client) {
      if (!backends.has(client)) return () => {};
      const wait = { client, since: performance.now() };
      unanswered.add(wait);
      return () => void unanswered.delete(wait);
    },
    close() {
      clearInterval(timer);
      for (const client of backends.keys()) client.connection.stream.destroy();
    },
  };
}
