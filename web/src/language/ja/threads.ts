import type { threads as english } from '../en/threads.ts';
import { plural } from './grammar.ts';

export const threads: typeof english = {
  title: 'スレッド',
  replies: (count) => plural(count, { other: '# 件の返信' }),
  repliesLabel: '返信',
  noReplies: '返信はまだありません',
  reply: '返信する',
  follow: 'このスレッドをフォロー',
  unfollow: 'フォローをやめる',
  followed: '新しい返信をお知らせします',
  unfollowed: 'このスレッドのフォローをやめました',
  copyLink: 'リンクをコピー',
  new: '新着',
  last: (when) => `最終返信: ${when}`,
  open: 'スレッドを開く',
};
