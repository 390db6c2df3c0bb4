import type { push as english } from '../en/push.ts';

export const push: typeof english = {
  somethingNew: '新着があります',
  noText: 'ファイル',
  inThread: (where) => `${where} のスレッド`,
  invitation: (room) => `${room} に追加されました`,
  reminder: 'リマインダー',
  test: 'これはテストです',
  kinds: {
    direct: 'ダイレクトメッセージ',
    mention: 'あなたへのメンション',
    keyword: '登録したキーワード',
    thread: 'フォロー中のスレッドへの返信',
    everything: 'すべて通知するルームのメッセージ',
    invitation: '追加されたルーム',
    reminder: 'リマインダー',
  },
};
