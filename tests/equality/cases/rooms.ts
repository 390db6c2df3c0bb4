import type { Cases } from '../case.ts';

export const roomCases = {
  'room.create': {
    'a private room': {
      tells: ['ann', 'a new room'],
      run: ({ as, fresh }) => as('ann', 'room.create', { clientId: fresh(), kind: 'private', name: fresh() }),
    },
    'a public room': {
      tells: ['ann', 'a new room'],
      run: ({ as, fresh }) =>
        as('ann', 'room.create', { clientId: fresh(), kind: 'public', name: fresh(), topic: 'new' }),
    },
  },
  'room.openDirect': {
    'that there was not': {
      tells: ['cleo', 'dora', 'a new room'],
      run: ({ as, people }) => as('cleo', 'room.openDirect', { userIds: [people.dora.userId] }),
    },
    'of three': {
      tells: ['ann', 'bob', 'cleo', 'a new room'],
      run: ({ as, people }) =>
        as('ann', 'room.openDirect', { userIds: [people.bob.userId, people.cleo.userId] }),
    },
    'that was closed': {
      tells: ['ann'],
      prepare: ({ as, rooms }) => as('ann', 'room.leave', { roomId: rooms.chat }),
      run: ({ as, people }) => as('ann', 'room.openDirect', { userIds: [people.bob.userId] }),
    },
    'that is open': {
      tells: [],
      run: ({ as, people }) => as('ann', 'room.openDirect', { userIds: [people.bob.userId] }),
    },
    'with oneself': {
      tells: ['ida', 'a new room'],
      run: ({ as, people }) => as('ida', 'room.openDirect', { userIds: [people.ida.userId] }),
    },
  },
  'room.join': {
    'from outside': {
      tells: ['dora', 'open'],
      run: ({ as, rooms }) => as('dora', 'room.join', { roomId: rooms.open }),
    },
    'being in it': { tells: [], run: ({ as, rooms }) => as('bob', 'room.join', { roomId: rooms.open }) },
  },
  'room.leave': {
    'as a member': {
      tells: ['bob', 'team'],
      run: ({ as, rooms }) => as('bob', 'room.leave', { roomId: rooms.team }),
    },
    'as the last owner': {
      tells: ['ann', 'bob', 'team'],
      run: ({ as, rooms }) => as('ann', 'room.leave', { roomId: rooms.team }),
    },
    'a conversation': {
      tells: ['bob'],
      run: ({ as, rooms }) => as('bob', 'room.leave', { roomId: rooms.chat }),
    },
    'and coming back': {
      tells: ['bob', 'open'],
      prepare: async ({ as, rooms, say, message, fresh }) => {
        await say('ann', 'open', 'a question');
        await say('bob', 'open', 'an answer', { threadId: message('a question') });
        await as('bob', 'draft.set', { roomId: rooms.open, text: fresh() });
        await as('bob', 'room.leave', { roomId: rooms.open });
      },
      run: ({ as, rooms }) => as('bob', 'room.join', { roomId: rooms.open }),
    },
  },
  'room.invite': {
    'somebody new and somebody who is in': {
      tells: ['dora', 'team'],
      run: ({ as, rooms, people }) =>
        as('bob', 'room.invite', { roomId: rooms.team, userIds: [people.ann.userId, people.dora.userId] }),
    },
  },
  'room.removeMember': {
    'a member': {
      tells: ['cleo', 'team'],
      run: ({ as, rooms, people }) =>
        as('ann', 'room.removeMember', { roomId: rooms.team, userId: people.cleo.userId }),
    },
    'an owner, by an administrator': {
      tells: ['ann', 'bob', 'open'],
      run: ({ as, rooms, people }) =>
        as('ida', 'room.removeMember', { roomId: rooms.open, userId: people.ann.userId }),
    },
  },
  'room.setMemberRole': {
    'to moderator': {
      tells: ['bob', 'team'],
      run: ({ as, rooms, people }) =>
        as('ann', 'room.setMemberRole', { roomId: rooms.team, userId: people.bob.userId, role: 'moderator' }),
    },
  },
  'room.change': {
    'its topic': {
      tells: ['team'],
      run: ({ as, rooms }) =>
        as('cleo', 'room.change', { roomId: rooms.team, topic: 'new', description: 'long' }),
    },
    'from public to private': {
      tells: ['open'],
      run: ({ as, rooms }) => as('ann', 'room.change', { roomId: rooms.open, kind: 'private' }),
    },
    'from private to public': {
      tells: ['team'],
      run: ({ as, rooms }) => as('ann', 'room.change', { roomId: rooms.team, kind: 'public' }),
    },
    'into the archive': {
      tells: ['team'],
      run: ({ as, rooms }) => as('ann', 'room.change', { roomId: rooms.team, archived: true }),
    },
    'to one for everyone': {
      tells: ['open'],
      run: ({ as, rooms }) => as('ida', 'room.change', { roomId: rooms.open, isDefault: true }),
    },
    'the topic of a conversation': {
      tells: ['chat'],
      run: ({ as, rooms }) => as('bob', 'room.change', { roomId: rooms.chat, topic: 'us' }),
    },
  },
  'room.setPreferences': {
    'star and level': {
      tells: ['bob'],
      run: ({ as, rooms }) =>
        as('bob', 'room.setPreferences', { roomId: rooms.team, starred: true, level: 'nothing' }),
    },
    'as for all rooms': {
      tells: [],
      run: ({ as, rooms }) => as('bob', 'room.setPreferences', { roomId: rooms.team, level: 'default' }),
    },
  },
} as const satisfies Readonly<Record<string, Cases>>;
