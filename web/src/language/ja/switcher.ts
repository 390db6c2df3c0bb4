import type { switcher as english } from '../en/switcher.ts';

export const switcher: typeof english = {
  label: '移動先',
  placeholder: 'ルームや人。> でコマンド',
  noCommand: 'そのようなコマンドはありません。',
  noRooms: 'まだどのルームにも参加していません。',
  nothing: '見つかりませんでした。',
  browseAll: 'すべてのルームを見る',
  choose: '選択',
  open: '開く',
  commands: 'コマンド',
  archived: 'アーカイブ済み',
  groups: {
    rooms: 'ルーム',
    unread: '未読',
    recent: '最近',
    people: '人',
    commands: 'コマンド',
  },
  lightOrDark: 'ライト／ダークの切り替え',
};
