/**
 * Connections to a server that has been replaced while it says nothing: frozen, cut off, or its address moved on. A query
 * on such a connection would wait for its whole limit. So while one waits, somebody looks who the primary is, and cuts
 * what belongs to another one: the queries end with an unknown outcome, as when the server had died.
 */
import type { Client } from 'pg';
import type { Log } from '../log/index.ts';

export interface StuckWatch {
  /** @param life which life of a server the connection belongs to */
  add(client: Client, life: string): void;
  remove(client: Client): void;
  /** A statement is on its way; call the result when it was answered. Of a connection that was not added nothing is kept. */
  waiting(client: Client): () => void;
  close(): void;
}

/** Longer than almost any statement takes. */
const suspiciousMs = 3_000;
const lookEveryMs = 1_000;

export function createStuckWatch(deps: {
  /** The life of the server that is the primary now. Rejects when there is none. */
  findLife: () => Promise<string>;
  log: Log;
}): StuckWatch {
  const lives = new Map<Client, string>();
  const waitingSince = new Map<Client, number>();
  let looking = false;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const now = performance.now();
    if (looking || [...waitingSince.values()].every((since) => now - since < suspiciousMs)) return;
    looking = true;
    try {
      const life = await deps.findLife();
      const old = [...lives].filter(([, other]) => other !== life);
      if (old.length === 0) return;
      deps.log.warn('connections to a database server that has been replaced are cut', { count: old.length });
      for (const [client] of old) client.connection.stream.destroy();
    } catch {
      // Nobody is the primary: there is nowhere to go, and the old one may still answer.
    } finally {
      looking = false;
    }
  }

  return {
    add(client, life) {
      lives.set(client, life);
      timer ??= setInterval(() => void look(), lookEveryMs).unref();
    },
    remove(client) {
      lives.delete(client);
      waitingSince.delete(client);
    },
    waiting(client) {
      if (!lives.has(client)) return () => {};
      waitingSince.set(client, performance.now());
      return () => void waitingSince.delete(client);
    },
    close() {
      clearInterval(timer);
      for (const client of lives.keys()) client.connection.stream.destroy();
    },
  };
}
