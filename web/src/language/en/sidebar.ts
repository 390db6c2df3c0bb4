import { plural } from './grammar.ts';

export const sidebar = {
  label: 'Rooms and people',
  newMessage: 'New message',
  jump: 'Jump to…',
  lists: {
    unreads: 'Unreads',
    threads: 'Threads',
    mentions: 'Mentions',
    drafts: 'Drafts',
    saved: 'Saved',
  },
  /** Read out after a name. */
  unread: ', unread',
  unreadCount: (count: number) => plural(count, { other: ', # unread' }),
  mentionCount: (count: number) => plural(count, { one: '1 mention', other: '# mentions' }),
  draft: 'Draft',
  sections: {
    starred: 'Starred',
    rooms: 'Rooms',
    direct: 'Direct messages',
  },
  addRooms: 'Browse or add rooms',
  newDirect: 'New direct message',
  findRoom: 'Find a room to join',
  writeToSomebody: 'Write to somebody',
  workspace: {
    browse: 'Browse rooms',
    create: 'Create a room',
    unreadOnly: 'Show only unread',
    shortcuts: 'Keyboard shortcuts',
  },
  signOut: 'Sign out',
  own: {
    label: 'You',
    setStatus: 'Set a status',
    changeStatus: 'Change your status',
    profile: 'Your profile',
    showOnline: 'Show yourself as online',
    showAway: 'Show yourself as away',
    endQuiet: 'End do not disturb',
    quiet: 'Do not disturb',
  },
};
