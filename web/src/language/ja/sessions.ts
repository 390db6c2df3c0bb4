import type { sessions as english } from '../en/sessions.ts';
import { plural } from './grammar.ts';

export const sessions: typeof english = {
  email: 'メールアドレス',
  yourName: '名前',
  language: '言語',
  password: {
    label: 'パスワード',
    fresh: '新しいパスワード',
    hint: (least) =>
      plural(least, {
        other: '# 文字以上で入力してください。いくつかの単語をつなげると覚えやすくなります。',
      }),
    show: 'パスワードを表示',
    hide: 'パスワードを隠す',
  },
  problems: {
    email: 'ada@example.org のようなメールアドレスを入力してください。',
    shortPassword: (least) => plural(least, { other: '# 文字以上にしてください。' }),
    noPassword: 'パスワードを入力してください。',
    noName: 'ほかの人に表示する名前を入力してください。',
    noWorkspaceName: 'ワークスペースの名前を入力してください。',
    takenEmail: 'このメールアドレスはすでに使われています。',
  },
  signIn: {
    title: (workspace) => `${workspace} にサインイン`,
    submit: 'サインイン',
    newHere: 'はじめてですか？{link}',
    createAccount: 'アカウントを作成',
    forgottenByMail: 'パスワードを忘れましたか？',
    forgotten: 'パスワードを忘れた場合は、管理者が再設定用のリンクを発行できます。',
  },
  signUp: {
    title: (workspace) => `${workspace} に参加`,
    invitedBy: (name) => `${name} さんから招待されています。`,
    workAddress: '仕事用のメールアドレスを使ってください。',
    submit: '参加する',
    member: 'すでにメンバーですか？{link}',
    opening: '招待を開いています',
    gone: 'この招待は使えなくなりました',
    goneNote: '期限切れか、使用回数の上限に達しています。招待した人に新しいリンクを頼んでください。',
    failed: 'うまくいきませんでした',
    failedNote: (reason) => `${reason}少し待ってからもう一度お試しください。`,
    takenEmail:
      'このメールアドレスはすでに使われています。ご自身のアドレスなら、サインインできるかもしれません。',
    notAlone: 'このメールアドレスでは参加できません。招待を頼んでください。',
  },
  setUp: {
    title: 'ワークスペースを設定',
    lead: 'あなたがオーナーになります。ここで決めたことは後からすべて変更できます。',
    workspaceName: 'ワークスペースの名前',
    workspaceHint: '会社、チーム、サークルなど',
    submit: 'ワークスペースを作成',
  },
  forgot: {
    title: 'パスワードを忘れましたか？',
    lead: 'メールアドレスを入力すると、新しいパスワードを設定するためのリンクが届きます。',
    submit: 'リンクを送る',
    sentTitle: 'メールを確認してください',
    sent: (address) =>
      `${address} がここで登録されていれば、リンクが届きます。4 時間以内に一度だけ使えます。届かないときは、迷惑メールフォルダも確認してください。`,
  },
  reset: {
    title: '新しいパスワードを設定',
    lead: 'この端末ではサインインし、ほかの端末ではすべてサインアウトします。',
    back: 'サインインに戻る',
    submit: 'パスワードを設定',
    gone: 'このリンクは期限切れか、使用済みです。新しいリンクを送ってもらってください。',
  },
  signOut: {
    title: 'サインアウトしますか？',
    submit: 'サインアウト',
    note: 'この端末に保存されているデータは削除されます。サーバーのデータはそのまま残ります。',
    unsent: (count) =>
      plural(count, { other: '未送信のメッセージが # 件あります。サインアウトすると失われます。' }),
  },
};
