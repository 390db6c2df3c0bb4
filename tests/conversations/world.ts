import type { Message } from '@confab/protocol';
import { createDevice, type Device } from './device.ts';
import type { Cluster } from '../support/cluster.ts';
import { seedPeople } from '../support/seed.ts';

const patienceMs = 8_000;

export interface Person {
  readonly userId: string;
  readonly token: string;
  /** '' is the first device. */
  readonly devices: Map<string, Device>;
}

/** The people and rooms of one conversation on a running cluster. */
export interface World {
  readonly cluster: Cluster;
  person(name: string): Promise<Person>;
  /** The device spoken of: `Bob`, or `Bob's phone`. Made when it is first named. */
  device(name: string): Promise<Device>;
  /** Rooms by the name in the script. */
  readonly rooms: Map<string, string>;
  /** Waits until it holds; otherwise fails with what it was instead. */
  until(what: string, check: () => string | null): Promise<void>;
  close(): Promise<void>;
}

export function createWorld(cluster: Cluster): World {
  const people = new Map<string, Person>();
  const rooms = new Map<string, string>();
  let deviceCount = 0;

  async function person(name: string): Promise<Person> {
    const known = people.get(name);
    if (known) return known;
    const [seeded] = await seedPeople(cluster.database, 1, { handles: [name.toLowerCase()] });
    if (!seeded) throw new Error('nobody was made');
    const made = { ...seeded, devices: new Map<string, Device>() };
    people.set(name, made);
    return made;
  }

  async function device(name: string): Promise<Device> {
    const [owner = '', which = ''] = name.split('’s ').length > 1 ? name.split('’s ') : name.split("'s ");
    const { devices, token } = await person(owner);
    const known = devices.get(which);
    if (known) return known;
    const place = deviceCount++;
    const made = await createDevice({ address: () => cluster.addressFor(place), token });
    devices.set(which, made);
    await made.client.ready();
    return made;
  }

  return {
    cluster,
    person,
    device,
    rooms,
    async until(what, check) {
      const deadline = Date.now() + patienceMs;
      for (let found = check(); found !== null; found = check()) {
        if (Date.now() > deadline) throw new Error(`${what}: ${found}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async close() {
      for (const { devices } of people.values()) for (const one of devices.values()) await one.close();
    },
  };
}

/** The messages of a room that a device shows, in order: those that were sent, then those on their way. */
export function shownMessages({ client }: Device, roomId: string): Message[] {
  const room = client.state.messages.get(roomId);
  const ids = room?.timeline.flatMap((run) => run.ids) ?? [];
  return ids.flatMap((id) => room?.held.get(id)?.message ?? []);
}

/** The replies of an open thread that a device shows. */
export function shownReplies({ client }: Device, place: { roomId: string; threadId: string }): Message[] {
  const room = client.state.messages.get(place.roomId);
  const ids = room?.threads.get(place.threadId)?.flatMap((run) => run.ids) ?? [];
  return ids.flatMap((id) => room?.held.get(id)?.message ?? []);
}
