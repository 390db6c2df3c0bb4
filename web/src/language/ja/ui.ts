import type { ui as english } from '../en/ui.ts';
import { plural } from './grammar.ts';

export const ui: typeof english = {
  close: '閉じる',
  cancel: 'キャンセル',
  dismiss: '閉じる',
  notices: 'お知らせ',
  tryAgain: 'もう一度試す',
  pixels: (width) => plural(width, { other: '# ピクセル' }),
  keys: { Ctrl: 'Ctrl', Alt: 'Alt', Shift: 'Shift', ' ': 'スペース', Home: 'Home', End: 'End' },
  emoji: {
    all: '絵文字',
    search: '絵文字を検索',
    none: '絵文字が見つかりません。別の言葉で試してください。',
    failed: '絵文字を読み込めませんでした。',
    tone: '肌の色',
    noTone: '肌の色なし',
    tones: {
      light: '明るい',
      mediumLight: 'やや明るい',
      medium: '中間',
      mediumDark: 'やや濃い',
      dark: '濃い',
    },
    groups: {
      recent: '最近使ったもの',
      own: 'このワークスペース',
      'Smileys & emotion': '顔と感情',
      'People & body': '人と体',
      'Animals & nature': '動物と自然',
      'Food & drink': '食べ物と飲み物',
      'Travel & places': '旅行と場所',
      Activities: '活動',
      Objects: '物',
      Symbols: '記号',
      Flags: '旗',
    },
  },
};
