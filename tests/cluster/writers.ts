import { createDevice, type Device } from '../conversations/device.ts';
import { shownMessages } from '../conversations/world.ts';
import type { SeededPerson } from '../support/seed.ts';

/** People who write in one room, each one message after the other, and keep account of what they were told. */
export interface Writers {
  readonly roomId: string;
  readonly authors: readonly string[];
  /** Each writes so many more; resolves when all are answered. */
  write(count: number): Promise<void>;
  /** What was answered as kept. */
  acknowledged(): string[];
  /** What somebody was shown as not sent. */
  failed(): string[];
  /** The room as each sees it. */
  seen(): string[][];
  /** How often each has had to connect. */
  connections(): number[];
  close(): Promise<void>;
}

export async function createWriters(options: {
  roomId: string;
  people: readonly SeededPerson[];
  addressFor: (place: number) => string;
}): Promise<Writers> {
  const { roomId, people } = options;
  const acknowledged: string[] = [];
  const failed: string[] = [];
  const written = new Map<string, number>();
  const welcomes = new Map<string, number>();
  const authors = people.map((_, index) => `author-${index}`);
  const devices = new Map<string, Device>();
  for (const [place, author] of authors.entries()) {
    const device = await createDevice({
      address: () => options.addressFor(place),
      token: people[place]?.token ?? '',
    });
    await device.client.ready();
    devices.set(author, device);
    let wasLive = false;
    welcomes.set(author, 0);
    const count = (): void => {
      const isLive = device.client.connection.name === 'live';
      if (isLive && !wasLive) welcomes.set(author, (welcomes.get(author) ?? 0) + 1);
      wasLive = isLive;
    };
    device.client.subscribe('connection', count);
    count();
    await device.client.openRoom(roomId);
  }

  async function writeOne(author: string, device: Device): Promise<void> {
    const number = written.get(author) ?? 0;
    written.set(author, number + 1);
    const text = `${author} ${number}`;
    try {
      await device.client.send(roomId, { text }).result();
      acknowledged.push(text);
    } catch {
      failed.push(text);
    }
  }

  return {
    roomId,
    authors,
    async write(count) {
      await Promise.all(
        [...devices].map(async ([author, device]) => {
          for (let n = 0; n < count; n += 1) await writeOne(author, device);
        }),
      );
    },
    acknowledged: () => acknowledged,
    failed: () => failed,
    seen: () => [...devices.values()].map((device) => shownMessages(device, roomId).map(({ text }) => text)),
    connections: () => authors.map((author) => welcomes.get(author) ?? 0),
    close: async () => {
      await Promise.all([...devices.values()].map((device) => device.close()));
    },
  };
}
