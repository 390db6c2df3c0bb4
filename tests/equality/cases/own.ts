import type { Cases } from '../case.ts';

/** What one does for oneself. */
export const ownCases = {
  'read.upTo': {
    'a part': {
      tells: ['ann'],
      run: ({ as, rooms }) => as('ann', 'read.upTo', { roomId: rooms.team, ordinal: 2 }),
    },
    'the rest': {
      tells: ['cleo'],
      run: ({ as, rooms }) => as('cleo', 'read.upTo', { roomId: rooms.team, ordinal: 9 }),
    },
    backwards: {
      tells: [],
      run: ({ as, rooms }) => as('bob', 'read.upTo', { roomId: rooms.team, ordinal: 1 }),
    },
  },
  'read.from': {
    'the first message': {
      tells: ['bob'],
      run: ({ as, rooms }) => as('bob', 'read.from', { roomId: rooms.team, ordinal: 1 }),
    },
  },
  'read.all': {
    'rooms and threads': { tells: ['cleo'], run: ({ as }) => as('cleo', 'read.all', {}) },
    'when nothing is unread': {
      tells: [],
      prepare: ({ as }) => as('ann', 'read.all', {}),
      run: ({ as }) => as('ann', 'read.all', {}),
    },
  },
  'draft.set': {
    'a new one in a thread': {
      tells: ['cleo'],
      run: ({ as, rooms, message }) =>
        as('cleo', 'draft.set', { roomId: rooms.team, threadId: message('root'), text: 'well' }),
    },
    'another text': {
      tells: ['bob'],
      run: ({ as, rooms }) => as('bob', 'draft.set', { roomId: rooms.team, text: 'better' }),
    },
    'none any more': {
      tells: ['bob'],
      run: ({ as, rooms }) => as('bob', 'draft.set', { roomId: rooms.team, text: '' }),
    },
  },
  'presence.set': {
    'a signal': { tells: [], run: ({ as }) => as('ann', 'presence.set', { state: 'away' }) },
  },
  'typing.set': {
    'a signal': { tells: [], run: ({ as, rooms }) => as('ann', 'typing.set', { roomId: rooms.team }) },
  },
} as const satisfies Readonly<Record<string, Cases>>;
