import type { notices as english } from '../en/notices.ts';
import { plural } from './grammar.ts';

export const notices: typeof english = {
  more: (count) => plural(count, { other: 'ほか未読 # 件' }),
  somethingNew: '新着があります',
  noText: 'ファイル',
  inThread: (where) => `${where} のスレッド`,
  reminder: 'リマインダー',
  device: {
    title: 'この端末',
    note: 'このページをタブで開いている間、通知が表示されます。ここでの設定はこのブラウザにのみ適用されます。',
    unsupported: 'このブラウザは通知に対応していません',
    unsupportedHint: 'スマートフォンでは、このページをホーム画面に追加し、そこから開いてください。',
    off: '通知はまだ許可されていません',
    offHint: '通知を表示してよいか、ブラウザが確認します。',
    allow: '通知を許可',
    denied: 'このページの通知はブラウザでブロックされています',
    deniedHint: 'アドレスの横にある、このページのブラウザ設定で許可してください。',
    on: 'この端末で通知を受け取る',
    sound: '音を鳴らす',
    hidden: '内容を隠す',
    hiddenHint: '新着があることだけを表示します。ほかの人から見える画面向けです。',
    test: 'テスト通知を送る',
    testTitle: 'これはテストです',
    testBody: '通知はこのように表示されます。',
    testSent: 'テスト通知を表示しました。見えない場合は、システムの通知設定を確認してください。',
    testFailed: 'システムが通知を受け付けませんでした。通知設定を確認してください。',
  },
};
