import type { Cases } from '../case.ts';
import type { Scene } from '../scene.ts';

async function make({ as, fresh }: Scene, name = 'mine'): Promise<string> {
  return (await as('ann', 'section.create', { clientId: fresh(), name, emoji: '🌱' })).sectionId;
}

async function ownOnes({ as }: Scene): Promise<string[]> {
  const { sections } = await as('ann', 'section.list', {});
  return sections.flatMap(({ id, name }) => (name === '' ? [] : [id]));
}

async function two(scene: Scene): Promise<void> {
  await make(scene);
  await make(scene, 'other');
  const [sectionId = ''] = await ownOnes(scene);
  await scene.as('ann', 'section.placeRoom', { sectionId, roomId: scene.rooms.team });
}

/** The sidebar. */
export const sectionCases = {
  'section.create': {
    'the first one': { tells: ['ann'], run: (scene) => make(scene) },
    another: { tells: ['ann'], prepare: two, run: (scene) => make(scene, 'third') },
  },
  'section.change': {
    'name and sorting': {
      tells: ['ann'],
      prepare: two,
      run: async (scene) => {
        const [sectionId = ''] = await ownOnes(scene);
        await scene.as('ann', 'section.change', { sectionId, name: 'new', emoji: null, sort: 'recent' });
      },
    },
    'a built-in one folded': {
      tells: ['ann'],
      run: ({ as }) => as('ann', 'section.change', { sectionId: 'direct', isFolded: true }),
    },
    'nothing new': {
      tells: [],
      run: ({ as }) => as('ann', 'section.change', { sectionId: 'direct', isFolded: false }),
    },
  },
  'section.move': {
    upwards: {
      tells: ['ann'],
      prepare: two,
      run: async (scene) => {
        const [, sectionId = ''] = await ownOnes(scene);
        await scene.as('ann', 'section.move', { sectionId, before: 'starred' });
      },
    },
    'to where it is': {
      tells: [],
      run: ({ as }) => as('ann', 'section.move', { sectionId: 'rooms', before: 'direct' }),
    },
  },
  'section.placeRoom': {
    'from another one': {
      tells: ['ann'],
      prepare: two,
      run: async (scene) => {
        const [, sectionId = ''] = await ownOnes(scene);
        await scene.as('ann', 'section.placeRoom', { sectionId, roomId: scene.rooms.team });
      },
    },
    'back to where it belongs': {
      tells: ['ann'],
      prepare: two,
      run: ({ as, rooms }) => as('ann', 'section.placeRoom', { sectionId: 'rooms', roomId: rooms.team }),
    },
  },
  'section.arrange': {
    'by hand': {
      tells: ['ann'],
      prepare: two,
      run: async (scene) => {
        const [, sectionId = ''] = await ownOnes(scene);
        const { open, team } = scene.rooms;
        await scene.as('ann', 'section.arrange', { sectionId, roomIds: [open, team] });
      },
    },
    'a built-in one': {
      tells: ['ann'],
      run: ({ as, rooms }) =>
        as('ann', 'section.arrange', { sectionId: 'rooms', roomIds: [rooms.team, rooms.open] }),
    },
  },
  'section.delete': {
    'with a room in it': {
      tells: ['ann'],
      prepare: two,
      run: async (scene) => {
        const [sectionId = ''] = await ownOnes(scene);
        await scene.as('ann', 'section.delete', { sectionId });
      },
    },
    'none that is there': {
      tells: [],
      run: ({ as }) => as('ann', 'section.delete', { sectionId: '999999999' }),
    },
  },
} as const satisfies Readonly<Record<string, Cases>>;
