import type { Cases } from '../case.ts';

export const threadCases = {
  'thread.follow': {
    'one with replies': {
      tells: ['dora'],
      prepare: ({ as, rooms, people }) =>
        as('ann', 'room.invite', { roomId: rooms.team, userIds: [people.dora.userId] }),
      run: ({ as, message }) => as('dora', 'thread.follow', { threadId: message('root') }),
    },
  },
  'thread.unfollow': {
    'one with unread replies': {
      tells: ['cleo'],
      run: ({ as, message }) => as('cleo', 'thread.unfollow', { threadId: message('root') }),
    },
  },
  'thread.read': {
    'a part': {
      tells: ['cleo'],
      run: ({ as, message }) => as('cleo', 'thread.read', { threadId: message('root'), ordinal: 1 }),
    },
    'the rest': {
      tells: ['bob'],
      run: ({ as, message }) => as('bob', 'thread.read', { threadId: message('root'), ordinal: 9 }),
    },
  },
} as const satisfies Readonly<Record<string, Cases>>;
