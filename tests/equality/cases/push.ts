import type { Cases } from '../case.ts';

/** Browsers are no part of what anybody sees of the workspace; push is off in the scene. */
const refused = async (work: Promise<unknown>): Promise<void> => {
  const code = await work.then(
    () => 'nothing',
    (error: { code?: string }) => error.code,
  );
  if (!['turned_off', 'not_found', 'gone'].includes(code ?? '')) throw new Error(`refused by ${code}`);
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
    'while only mail is on': { tells: [], run: ({ as }) => as('ann', 'push.test', {}) },
  },
  'missedMail.unsubscribe': {
    'by a link that is none of ours': {
      tells: [],
      run: ({ as }) => refused(as('ann', 'missedMail.unsubscribe', { token: '1.x' })),
    },
  },
} satisfies Record<string, Cases>;
