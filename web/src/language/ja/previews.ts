import type { previews as english } from '../en/previews.ts';

export const previews: typeof english = {
  inMessage: 'このメッセージのリンク',
  remove: (title) => `カードを削除: ${title}`,
  removed: (title) => `カードを削除しました: ${title}`,
};
