import type { Cases } from '../case.ts';
import type { Name, RoomName, Scene } from '../scene.ts';

async function begin(
  { as, rooms, fresh }: Scene,
  room: RoomName = 'team',
  name: Name = 'ann',
): Promise<string> {
  const input = { roomId: rooms[room], clientId: fresh(), name: 'nothing.txt', size: 0 };
  return (await as(name, 'file.begin', input)).fileId;
}

/** A finished file, of no bytes. */
export async function upload(scene: Scene, room: RoomName = 'team'): Promise<string> {
  const fileId = await begin(scene, room);
  await scene.as('ann', 'file.finish', { fileId });
  return fileId;
}

/** Files tell nobody until a message has them; what messages with files tell is among the messages. */
export const fileCases = {
  'file.begin': { 'in a room': { tells: [], run: (scene) => begin(scene) } },
  'file.finish': { 'of no bytes': { tells: [], run: (scene) => upload(scene) } },
  'file.delete': {
    'that no message has': {
      tells: [],
      run: async (scene) => scene.as('ann', 'file.delete', { fileId: await upload(scene) }),
    },
  },
} satisfies Readonly<Record<string, Cases>>;
