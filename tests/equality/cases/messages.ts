import type { Cases } from '../case.ts';
import { upload } from './files.ts';
import { giveCard } from './previews.ts';
import type { Scene } from '../scene.ts';

const edit = ({ as, message }: Scene, of: string, text: string) => {
  const name =
    of.startsWith('reply one') || of.startsWith('second') || of.startsWith('third') ? 'bob' : 'ann';
  return as(name, 'message.edit', { messageId: message(of), text, version: 1 });
};

export const messageCases = {
  'message.send': {
    'with a file and no words': {
      tells: ['team'],
      run: async (scene) => scene.say('ann', 'team', '', { fileIds: [await upload(scene)] }),
    },
    'with a file in a conversation': {
      tells: ['chat', 'bob'],
      run: async (scene) => scene.say('ann', 'chat', 'see', { fileIds: [await upload(scene, 'chat')] }),
    },
    'to a room': { tells: ['team'], run: ({ say }) => say('ann', 'team', 'hello') },
    'to a public room': { tells: ['open'], run: ({ say }) => say('bob', 'open', 'hello') },
    'that mentions people': {
      tells: ['team', 'bob', 'cleo'],
      run: ({ say }) => say('ann', 'team', 'hello @bob @cleo @dora @ann'),
    },
    'that calls everybody': { tells: ['team'], run: ({ say }) => say('cleo', 'team', 'hello @here') },
    'that quotes': {
      tells: ['team'],
      run: ({ say, message }) => say('ann', 'team', 'as you said', { quoteId: message('third @cleo') }),
    },
    'to a conversation': { tells: ['chat', 'ann'], run: ({ say }) => say('bob', 'chat', 'hello') },
    'to a conversation the other has closed': {
      tells: ['chat', 'ann'],
      prepare: ({ as, rooms }) => as('ann', 'room.leave', { roomId: rooms.chat }),
      run: ({ say }) => say('bob', 'chat', 'hello'),
    },
    'that begins a thread': {
      tells: ['team', 'ann'],
      run: ({ say, message }) => say('cleo', 'team', 'a reply', { threadId: message('first') }),
    },
    'to a thread, by who has read it': {
      tells: ['team', 'bob', 'cleo'],
      run: ({ say, message }) => say('ann', 'team', 'a reply', { threadId: message('root') }),
    },
    'to a thread, by who had read only a part': {
      tells: ['team', 'ann', 'bob', 'cleo'],
      run: ({ say, message }) => say('cleo', 'team', 'a reply', { threadId: message('root') }),
    },
    'to a thread and the room, mentioning': {
      tells: ['team', 'ann', 'bob', 'cleo'],
      run: ({ say, message }) =>
        say('bob', 'team', 'a reply @cleo @all', { threadId: message('root'), alsoInRoom: true }),
    },
    'to a thread in a conversation': {
      tells: ['chat', 'ann'],
      run: ({ say, message }) => say('bob', 'chat', 'a reply', { threadId: message('private') }),
    },
    'to a thread, by an outsider become member': {
      tells: ['team', 'ann', 'bob', 'cleo'],
      prepare: ({ as, rooms, people }) =>
        as('ann', 'room.invite', { roomId: rooms.team, userIds: [people.dora.userId] }),
      run: ({ say, message }) => say('dora', 'team', 'a reply', { threadId: message('root') }),
    },
    again: {
      tells: [],
      prepare: ({ as, rooms }) =>
        as('ann', 'message.send', { roomId: rooms.team, clientId: `again-in-${rooms.team}`, text: 'once' }),
      run: ({ as, rooms }) =>
        as('ann', 'message.send', { roomId: rooms.team, clientId: `again-in-${rooms.team}`, text: 'once' }),
    },
  },
  'message.edit': {
    'its words': { tells: ['team'], run: (scene) => edit(scene, 'first', 'first, better') },
    'so that it mentions others': {
      tells: ['team', 'ann', 'cleo'],
      run: (scene) => edit(scene, 'second @ann @all', 'second @cleo @here'),
    },
    'so that it no longer calls everybody': {
      tells: ['team'],
      run: (scene) => edit(scene, 'second @ann @all', 'second @ann'),
    },
    'so that it no longer names but calls everybody': {
      tells: ['team', 'ann'],
      run: (scene) => edit(scene, 'second @ann @all', 'second @all'),
    },
    'so that it calls everybody': { tells: ['team'], run: (scene) => edit(scene, 'first', 'first @all') },
    'of a reply, so that it mentions a follower': {
      tells: ['team', 'cleo'],
      run: (scene) => edit(scene, 'reply one', 'reply one @cleo'),
    },
    'of a reply, so that it mentions who follows and has read': {
      tells: ['team', 'cleo'],
      prepare: ({ as, message }) => as('cleo', 'thread.read', { threadId: message('root'), ordinal: 2 }),
      run: (scene) => edit(scene, 'reply one', 'reply one @cleo'),
    },
    'of a reply, so that it mentions who does not follow': {
      tells: ['team', 'dora'],
      prepare: ({ as, rooms, people }) =>
        as('ann', 'room.invite', { roomId: rooms.team, userIds: [people.dora.userId] }),
      run: (scene) => edit(scene, 'reply one', 'reply one @dora'),
    },
    'of a reply, so that it mentions nobody': {
      tells: ['team', 'bob'],
      run: (scene) => edit(scene, 'reply two @bob', 'reply two'),
    },
    'that changes nothing': { tells: [], run: (scene) => edit(scene, 'first', 'first') },
    'of what is quoted': {
      tells: ['team'],
      run: ({ as, message }) =>
        as('ann', 'message.edit', { messageId: message('first'), text: 'quoted anew', version: 1 }),
    },
  },
  'message.delete': {
    'with a file': {
      tells: ['team'],
      prepare: async (scene) => scene.say('ann', 'team', 'see this', { fileIds: [await upload(scene)] }),
      run: ({ as, message }) => as('ann', 'message.delete', { messageId: message('see this') }),
    },
    'with a card': {
      tells: ['team'],
      prepare: giveCard,
      run: ({ as, message }) => as('ann', 'message.delete', { messageId: message('first') }),
    },
    'that was pinned, saved, quoted and reacted to': {
      tells: ['team'],
      run: ({ as, message }) => as('ann', 'message.delete', { messageId: message('first') }),
    },
    'that mentions': {
      tells: ['team', 'ann'],
      run: ({ as, message }) => as('bob', 'message.delete', { messageId: message('second @ann @all') }),
    },
    'a reply that mentions': {
      tells: ['team', 'bob'],
      run: ({ as, message }) => as('ann', 'message.delete', { messageId: message('reply two @bob') }),
    },
    'the root of a thread, by the room’s owner': {
      tells: ['team'],
      run: ({ as, message }) => as('ann', 'message.delete', { messageId: message('root') }),
    },
    'in a conversation': {
      tells: ['chat'],
      run: ({ as, message }) => as('bob', 'message.delete', { messageId: message('private') }),
    },
    'in a public room, by an administrator': {
      tells: ['open'],
      run: ({ as, message }) => as('ida', 'message.delete', { messageId: message('public') }),
    },
  },
  'message.pin': {
    'one more': {
      tells: ['team'],
      run: ({ as, message }) => as('cleo', 'message.pin', { messageId: message('third @cleo') }),
    },
  },
  'message.unpin': {
    one: {
      tells: ['team'],
      run: ({ as, message }) => as('cleo', 'message.unpin', { messageId: message('first') }),
    },
  },
  'message.save': {
    'one more': {
      tells: ['bob'],
      run: ({ as, message }) => as('bob', 'message.save', { messageId: message('public') }),
    },
    'from outside': {
      tells: ['dora'],
      run: ({ as, message }) => as('dora', 'message.save', { messageId: message('public') }),
    },
  },
  'message.unsave': {
    one: {
      tells: ['bob'],
      run: ({ as, message }) => as('bob', 'message.unsave', { messageId: message('first') }),
    },
  },
  'reaction.add': {
    'a new kind': {
      tells: ['team'],
      run: ({ as, message }) => as('ann', 'reaction.add', { messageId: message('first'), emoji: '❤️' }),
    },
    'joining in': {
      tells: ['team'],
      run: ({ as, message }) => as('ann', 'reaction.add', { messageId: message('first'), emoji: '👍' }),
    },
    'to a reply': {
      tells: ['team'],
      run: ({ as, message }) => as('ann', 'reaction.add', { messageId: message('reply one'), emoji: '👍' }),
    },
  },
  'reaction.remove': {
    'the last of its kind': {
      tells: ['team'],
      run: ({ as, message }) => as('bob', 'reaction.remove', { messageId: message('first'), emoji: '👍' }),
    },
    'the first of a kind that others joined': {
      tells: ['team'],
      prepare: async ({ as, message }) => {
        await as('ann', 'reaction.add', { messageId: message('first'), emoji: '❤️' });
        await as('cleo', 'reaction.add', { messageId: message('first'), emoji: '👍' });
      },
      run: ({ as, message }) => as('bob', 'reaction.remove', { messageId: message('first'), emoji: '👍' }),
    },
  },
} as const satisfies Readonly<Record<string, Cases>>;
