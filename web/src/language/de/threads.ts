import type { threads as english } from '../en/threads.ts';
import { plural } from './grammar.ts';

export const threads: typeof english = {
  title: 'Thread',
  replies: (count) => plural(count, { one: '# Antwort', other: '# Antworten' }),
  repliesLabel: 'Antworten',
  noReplies: 'Noch keine Antworten',
  reply: 'Antworten',
  follow: 'Diesem Thread folgen',
  unfollow: 'Nicht mehr folgen',
  followed: 'Du erfährst von neuen Antworten',
  unfollowed: 'Du folgst diesem Thread nicht mehr',
  copyLink: 'Link kopieren',
  new: 'Neu',
  last: (when) => `Zuletzt ${when}`,
  open: 'Thread öffnen',
};
