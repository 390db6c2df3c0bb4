import { plural } from './grammar.ts';

/** The pages that gather from all rooms: unreads, mentions, threads, drafts, saved. */
export const lists = {
  unreads: {
    title: 'Unreads',
    readAll: 'Mark all as read',
    read: 'Mark as read',
    none: 'You are up to date',
    noneNote: 'New messages in your rooms will be here.',
    newMessages: (count: number) => plural(count, { one: '# new message', other: '# new messages' }),
    more: (count: number) => plural(count, { other: '# more' }),
  },
  messageDeleted: 'This message was deleted.',
};
