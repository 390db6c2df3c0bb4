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
    threads: (count: number) =>
      plural(count, { one: 'New replies in 1 thread', other: 'New replies in # threads' }),
  },
  mentions: {
    title: 'Mentions',
    none: 'Nobody mentioned you yet',
    noneNote: 'When somebody writes @ and your handle, it will be here.',
  },
  threads: {
    title: 'Threads',
    all: 'All',
    unread: 'Unread',
    none: 'No threads yet',
    noneNote: 'Reply to a message in a thread, or follow one: you will find it here.',
    allRead: 'All threads are read',
    allReadNote: 'New replies in threads you follow will be here.',
    newReplies: (count: number) => plural(count, { other: '# new' }),
    unknownRoom: 'A room',
  },
  drafts: {
    title: 'Drafts',
    none: 'No drafts',
    noneNote: 'What you begin to write and do not send is kept here, on all your devices.',
    inThread: 'in a thread',
    delete: (title: string) => `Delete the draft for ${title}`,
  },
  saved: {
    title: 'Saved',
    label: 'Saved messages',
    none: 'Nothing saved',
    noneNote: 'Save a message to come back to it. Only you see what you saved.',
  },
  messageDeleted: 'This message was deleted.',
};
