import type { lists as english } from '../en/lists.ts';
import { plural } from './grammar.ts';

export const lists: typeof english = {
  unreads: {
    title: '未読',
    readAll: 'すべて既読にする',
    read: '既読にする',
    none: '未読はありません',
    noneNote: 'ルームに新しいメッセージが届くと、ここに表示されます。',
    newMessages: (count) => plural(count, { other: '新着メッセージ # 件' }),
    more: (count) => plural(count, { other: 'ほか # 件' }),
  },
  messageDeleted: 'このメッセージは削除されました。',
};
