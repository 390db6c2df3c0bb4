import { plural } from './grammar.ts';

/** The thread beside the page, and what a message says of its thread. */
export const threads = {
  title: 'Thread',
  replies: (count: number) => plural(count, { one: '# reply', other: '# replies' }),
  repliesLabel: 'Replies',
  noReplies: 'No replies yet',
  reply: 'Reply',
  follow: 'Follow this thread',
  unfollow: 'No longer follow',
  followed: 'You will hear of new replies',
  unfollowed: 'You no longer follow this thread',
  copyLink: 'Copy link',
  new: 'New',
  last: (when: string) => `Last ${when}`,
  open: 'Open thread',
};
