import type { ui as english } from '../en/ui.ts';

export const ui: typeof english = {
  close: '閉じる',
  cancel: 'キャンセル',
  dismiss: '閉じる',
  notices: 'お知らせ',
  tryAgain: 'もう一度試す',
};
