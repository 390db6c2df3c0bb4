import type { Cases } from '../case.ts';

/** Browsers are no part of what anybody sees of the workspace; push is off in the scene. */
const refused = async (work: Promise<unknown>): Promise<void> => {
  const code = await work.then(
    () => 'nothing',
    (error: { code?: string }) => error.code,
  );
  if (code !== 'turned_off' && code !== 'not_found') throw new Error(`refused by ${code}`);
};

export const pushCases = {
  'push.subscribe': {
    'while it is off': {
      tells: [],
      run: ({ as }) => {
        const keys = { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) };
        return refused(as('ann', 'push.subscribe', { endpoint: 'https://push.example.org/1', keys }));
      },
    },
  },
  'push.unsubscribe': {
    'none of ours': { tells: [], run: ({ as }) => refused(as('ann', 'push.unsubscribe', { deviceId: '7' })) },
  },
  'push.test': {
    'while it is off': { tells: [], run: ({ as }) => refused(as('ann', 'push.test', {})) },
  },
} satisfies Record<string, Cases>;
