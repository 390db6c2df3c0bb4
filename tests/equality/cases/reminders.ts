import type { Cases } from '../case.ts';
import type { Scene } from '../scene.ts';

const hourMs = 3_600_000;

async function remind(scene: Scene, about: { messageId?: string; note?: string }): Promise<unknown> {
  const { at } = await scene.as('bob', 'sync.snapshot', {});
  return scene.as('bob', 'reminder.create', { clientId: scene.fresh(), remindAt: at + hourMs, ...about });
}

async function theOne({ as }: Scene): Promise<{ reminderId: string; remindAt: number }> {
  const [reminder] = (await as('bob', 'reminder.list', {})).reminders;
  return { reminderId: reminder?.id ?? '', remindAt: (reminder?.remindAt ?? 0) + hourMs };
}

const prepare = (scene: Scene): Promise<unknown> => remind(scene, { note: 'tea' });

/** What one wants to be told of. */
export const reminderCases = {
  'reminder.create': {
    'of a message': {
      tells: ['bob'],
      run: (scene) => remind(scene, { messageId: scene.message('first'), note: 'answer' }),
    },
    'of a note': { tells: ['bob'], run: prepare },
  },
  'reminder.change': {
    'put off': {
      tells: ['bob'],
      prepare,
      run: async (scene) => scene.as('bob', 'reminder.change', await theOne(scene)),
    },
    'the same note': {
      tells: [],
      prepare,
      run: async (scene) => {
        const { reminderId } = await theOne(scene);
        await scene.as('bob', 'reminder.change', { reminderId, note: ' tea ' });
      },
    },
  },
  'reminder.complete': {
    'one that waits': {
      tells: ['bob'],
      prepare,
      run: async (scene) => {
        const { reminderId } = await theOne(scene);
        await scene.as('bob', 'reminder.complete', { reminderId });
      },
    },
  },
  'reminder.delete': {
    'one that waits': {
      tells: ['bob'],
      prepare,
      run: async (scene) => {
        const { reminderId } = await theOne(scene);
        await scene.as('bob', 'reminder.delete', { reminderId });
      },
    },
    'none that is there': {
      tells: [],
      run: ({ as }) => as('bob', 'reminder.delete', { reminderId: '999999999' }),
    },
  },
  'reminder.clear': {
    'with one that waits': {
      tells: [],
      prepare,
      run: ({ as }) => as('bob', 'reminder.clear', {}),
    },
  },
} as const satisfies Readonly<Record<string, Cases>>;
