import type { Cases } from '../case.ts';
import type { RoomName, Scene } from '../scene.ts';

const hourMs = 3_600_000;

async function schedule(scene: Scene, room: RoomName = 'team', text = 'later'): Promise<string> {
  const { at } = await scene.as('ann', 'sync.snapshot', {});
  const input = { roomId: scene.rooms[room], clientId: scene.fresh(), text, sendAt: at + hourMs };
  return (await scene.as('ann', 'message.schedule', input)).scheduledId;
}

async function theOne({ as }: Scene): Promise<string> {
  const { scheduled } = await as('ann', 'scheduled.list', {});
  return scheduled[0]?.id ?? '';
}

/** Messages for later. */
export const scheduledCases = {
  'message.schedule': { 'for a room': { tells: ['ann'], run: (scene) => schedule(scene) } },
  'scheduled.change': {
    'another text': {
      tells: ['ann'],
      prepare: (scene) => schedule(scene),
      run: async (scene) =>
        scene.as('ann', 'scheduled.change', { scheduledId: await theOne(scene), text: 'better' }),
    },
  },
  'scheduled.sendNow': {
    'into a room': {
      tells: ['ann', 'team'],
      prepare: (scene) => schedule(scene),
      run: async (scene) => scene.as('ann', 'scheduled.sendNow', { scheduledId: await theOne(scene) }),
    },
    'into a conversation': {
      tells: ['ann', 'bob', 'chat'],
      prepare: (scene) => schedule(scene, 'chat'),
      run: async (scene) => scene.as('ann', 'scheduled.sendNow', { scheduledId: await theOne(scene) }),
    },
  },
  'scheduled.delete': {
    'one that waits': {
      tells: ['ann'],
      prepare: (scene) => schedule(scene),
      run: async (scene) => scene.as('ann', 'scheduled.delete', { scheduledId: await theOne(scene) }),
    },
    'none that is there': {
      tells: [],
      run: ({ as }) => as('ann', 'scheduled.delete', { scheduledId: '999999999' }),
    },
  },
} as const satisfies Readonly<Record<string, Cases>>;
