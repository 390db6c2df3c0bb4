import type { search as english } from '../en/search.ts';
import { plural } from './grammar.ts';

export const search: typeof english = {
  title: '検索',
  label: 'メッセージを検索',
  placeholder: '単語、"フレーズ"、前方一致*、from: in: has: before:',
  suggestions: '候補',
  sort: '並び順',
  byTime: '新しい順',
  byRelevance: '関連度順',
  start: '読めるメッセージをすべて検索',
  startNote:
    '複数の単語はすべてを含むメッセージを探します。"引用符" はそのままの語句、meet* は前方一致、*part* は部分一致、-単語 は除外です。',
  none: '見つかりませんでした',
  noneNote: '単語を減らすか、語の先頭とアスタリスクで試してください：meet*',
  found: (count) => plural(count, { other: '最初のページに # 件のメッセージが見つかりました' }),
  unknownRoom: 'ルーム',
  inThread: 'スレッド内',
  everywhere: 'メッセージを検索',
  here: 'このルームで検索',
  messagesWith: (text) => `「${text}」をメッセージから検索`,
  operators: {
    from: '書いた人',
    in: 'ルーム、または会話の相手',
    to: '宛先（メンションまたはダイレクトメッセージ）',
    has: 'リンク、コード、リアクション、ピン留め、ファイルあり',
    is: 'スレッド内、保存済み、ピン留め',
    before: '日・月・年より前',
    after: '日・月・年より後',
    during: 'その日・月・年の間',
  },
  problems: {
    date: (text) => `「${text}」は日付ではありません。2026-11-24、2026-11、today、yesterday などを使えます。`,
    person: (text) => `「${text}」という人はいません。`,
    room: (text) => `「${text}」というルームは見つかりません。`,
    has: (text) => `has:${text} は使えません。link、code、reaction、pin、file が使えます。`,
    is: (text) => `is:${text} は使えません。thread、saved、pinned が使えます。`,
    short: (text) => `「${text}」は短すぎます。アスタリスクの前は2文字、後は3文字以上必要です。`,
    many: (text) => `単語が多すぎます。「${text}」以降は検索できません。`,
  },
};
