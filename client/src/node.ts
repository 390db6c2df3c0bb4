import { createClient, type Client, type ClientOptions } from './client.ts';
import { createMemoryStorage } from './platform/storage/memory.ts';
import { systemClock, systemRandom } from './platform/system.ts';
import { createNodeSockets } from './platform/ws-sockets.ts';

/** A program watches many rooms and reads little of each. */
const messagesMax = 50;

/**
 * A connected client for a program on Node, with nothing kept on disk.
 * Resolves when it knows its rooms; rejects when the server refuses it for good (a wrong token, for instance).
 * Stop it with `stop()`, otherwise the process stays.
 */
export async function connect(options: Omit<ClientOptions, 'platform'>): Promise<Client> {
  const client = createClient({
    messagesMax,
    ...options,
    platform: {
      clock: systemClock,
      random: systemRandom,
      sockets: createNodeSockets(),
      storage: createMemoryStorage(),
    },
  });
  await client.start();
  const refused = new Promise<never>((_, reject) => {
    const stop = client.subscribe('connection', () => {
      const { connection } = client;
      if (connection.name === 'ended') reject(new Error(connection.error?.message ?? connection.reason));
      if (connection.name === 'ended' || client.state.positions) stop();
    });
  });
  await Promise.race([client.ready(), refused]);
  return client;
}
