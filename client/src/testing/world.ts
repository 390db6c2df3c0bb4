import type { User } from '@confab/protocol';
import { createClient, type Client, type ClientOptions } from '../client.ts';
import type { Storage } from '../platform/index.ts';
import { createMemoryStorage } from '../platform/storage/memory.ts';
import type { RoomRow } from './fake-chat.ts';
import { createFakeClock, createFakeRandom, type FakeClock } from './fake-clock.ts';
import { createFakeServer, type FakeServer } from './fake-server.ts';

/** A small world on one clock: Alice, Bob and Carol in #general, Alice and Bob in a conversation of their own. */
export interface World {
  readonly clock: FakeClock;
  readonly server: FakeServer;
  readonly alice: User;
  readonly bob: User;
  readonly carol: User;
  readonly general: RoomRow;
  readonly direct: RoomRow;
  /** A client that is not started. Its problems are thrown by `problems`. */
  client(user: User, options?: Partial<ClientOptions> & { storage?: Storage }): Client;
  /** A client that has caught up. */
  connected(user: User, options?: Partial<ClientOptions> & { storage?: Storage }): Promise<Client>;
  /** Somebody without a client writes. @returns the message's id */
  says(user: User, text: string, more?: { room?: RoomRow; threadId?: string; quoteId?: string }): string;
}

export function createWorld(seed = 1): World {
  const clock = createFakeClock();
  const server = createFakeServer(clock);
  const { chat } = server;
  const [alice, bob, carol] = [chat.addUser('alice'), chat.addUser('bob'), chat.addUser('carol')];
  const general = chat.addRoom('public', 'general', [alice, bob, carol]);
  const direct = chat.addRoom('direct', '', [alice, bob]);
  let made = seed * 1_000;

  const world: World = {
    clock,
    server,
    alice,
    bob,
    carol,
    general,
    direct,
    client(user, { storage = createMemoryStorage(), ...options } = {}) {
      made += 1;
      const random = createFakeRandom(made);
      const sockets = server.socketsFor(user.id);
      return createClient({ url: 'http://chat', platform: { clock, random, sockets, storage }, ...options });
    },
    async connected(user, options) {
      const client = world.client(user, options);
      await client.start();
      await clock.elapse(100);
      return client;
    },
    says(user, text, { room = general, ...more } = {}) {
      made += 1;
      const input = { roomId: room.room.id, clientId: `script-${made}`, text, ...more };
      const { messageId } = server.act(user.id, 'message.send', input) as { messageId: string };
      return messageId;
    },
  };
  return world;
}

/** What a timeline holds, as the texts from its first to its last message, run by run. */
export function textsIn(client: Client, roomId: string): string[][] {
  const room = client.state.messages.get(roomId);
  return (room?.timeline ?? []).map(({ ids }) => ids.map((id) => room?.held.get(id)?.message.text ?? '?'));
}
