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
    threads: (count) => plural(count, { other: '# 件のスレッドに新しい返信' }),
  },
  mentions: {
    title: 'メンション',
    none: 'まだメンションはありません',
    noneNote: 'だれかが @ とあなたのハンドルを書くと、ここに表示されます。',
  },
  threads: {
    title: 'スレッド',
    all: 'すべて',
    unread: '未読',
    none: 'スレッドはまだありません',
    noneNote: 'スレッドに返信するかフォローすると、ここに表示されます。',
    allRead: 'すべてのスレッドが既読です',
    allReadNote: 'フォロー中のスレッドに新しい返信が届くと、ここに表示されます。',
    newReplies: (count) => plural(count, { other: '新着 # 件' }),
    unknownRoom: 'ルーム',
  },
  drafts: {
    title: '下書き',
    none: '下書きはありません',
    noneNote: '書きかけて送信していないものは、すべての端末でここに残ります。',
    inThread: 'スレッド内',
    delete: (title) => `${title} への下書きを削除`,
  },
  saved: {
    title: '保存済み',
    label: '保存済みのメッセージ',
    none: '保存したものはありません',
    noneNote: 'メッセージを保存しておくと、後で見返せます。保存したものは自分だけに見えます。',
  },
  messageDeleted: 'このメッセージは削除されました。',
};
