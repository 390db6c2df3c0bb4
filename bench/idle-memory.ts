/**
 * What one more idle connection costs a node that is warm, since one that has just begun to work grows by itself. Each
 * member is in ten rooms, follows its badges and its own stream, and watches one room.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { openMembers, type Members } from './members.ts';
import type { ConfabSubject } from './subjects.ts';

const roomsOfEach = 10;
/** The first ones warm the program up. */
const warmUp = 500;

export interface IdleMemory {
  /** JavaScript objects in use, a connection of the second crowd. */
  readonly heapBytes: number;
  /** What the process has from the kernel, a connection of both crowds: with the room it left itself for garbage. */
  readonly residentBytes: number;
}

export async function measureIdleMemory(
  subject: ConfabSubject,
  options: { connections: number },
): Promise<IdleMemory> {
  const { people } = subject;
  const rooms: string[] = [];
  for (let count = 0; count < roomsOfEach; count += 1) rooms.push(await subject.makeRoom());
  const says = (index: number): string[] => [
    JSON.stringify({
      t: 'hello',
      level: 1,
      client: 'bench',
      token: people[index % people.length]?.token ?? '',
      follow: { epoch: 1, workspace: 0, user: 0, since: 0 },
      watch: [{ roomId: rooms[0], epoch: 1, after: 0 }],
    }),
  ];
  const crowds: Members[] = [];
  let opened = 0;
  const open = async (count: number): Promise<void> => {
    const first = opened;
    opened += count;
    crowds.push(await openMembers(subject, count, { says: (index) => says(first + index) }));
    await pause(2_500);
  };
  await open(warmUp);
  const warm = await subject.memory();
  await open(options.connections);
  const before = await subject.memory();
  await open(options.connections);
  const after = await subject.memory();
  for (const crowd of crowds) crowd.close();
  await pause(1_000);
  return {
    heapBytes: (after.heapUsed - before.heapUsed) / options.connections,
    residentBytes: (after.rss - warm.rss) / (2 * options.connections),
  };
}
