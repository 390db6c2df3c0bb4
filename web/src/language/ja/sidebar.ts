import type { sidebar as english } from '../en/sidebar.ts';
import { plural } from './grammar.ts';

export const sidebar: typeof english = {
  label: 'ルームと人',
  newMessage: '新しいメッセージ',
  jump: '移動…',
  lists: {
    unreads: '未読',
    threads: 'スレッド',
    mentions: 'メンション',
    drafts: '下書き',
    saved: '保存済み',
  },
  unread: '、未読あり',
  unreadCount: (count) => plural(count, { other: '、未読 # 件' }),
  mentionCount: (count) => plural(count, { other: 'メンション # 件' }),
  draft: '下書き',
  sections: {
    starred: 'スター付き',
    rooms: 'ルーム',
    direct: 'ダイレクトメッセージ',
  },
  addRooms: 'ルームを探す・追加する',
  newDirect: '新しいダイレクトメッセージ',
  findRoom: '参加するルームを探す',
  writeToSomebody: 'だれかにメッセージを送る',
  workspace: {
    browse: 'ルームを探す',
    create: 'ルームを作成',
    unreadOnly: '未読のみ表示',
    shortcuts: 'キーボードショートカット',
  },
  signOut: 'サインアウト',
  own: {
    label: '自分',
    setStatus: 'ステータスを設定',
    changeStatus: 'ステータスを変更',
    profile: '自分のプロフィール',
    showOnline: 'オンラインとして表示',
    showAway: '離席中として表示',
    endQuiet: 'おやすみモードを終了',
    quiet: 'おやすみモード',
  },
};
