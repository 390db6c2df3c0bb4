/** What mail of what was missed says, in the languages of the page. */
import type { Preferences, PushKind } from '@confab/protocol';
import type { LetterLanguage } from '../mail/index.ts';

interface MissedWords {
  readonly subject: (workspace: string) => string;
  readonly subjectOfPlace: (place: string, workspace: string) => string;
  readonly subjectWithoutContent: (workspace: string) => string;
  readonly subjectOfTest: (workspace: string) => string;
  readonly intro: (count: number, workspace: string) => string;
  readonly introOfTest: string;
  readonly withoutContent: (count: number, workspace: string) => string;
  readonly open: (workspace: string) => string;
  readonly show: string;
  readonly more: (count: number) => string;
  readonly inThread: (place: string) => string;
  readonly reminders: string;
  readonly invited: string;
  readonly file: string;
  readonly kinds: Readonly<Record<PushKind, string>>;
  readonly why: Readonly<Record<Exclude<Preferences['missedMail'], 'never'>, string>>;
  readonly answer: string;
  readonly answerable: string;
  readonly settings: string;
  readonly unsubscribe: string;
}

export const missedWords: Readonly<Record<LetterLanguage, MissedWords>> = {
  en: {
    subject: (workspace) => `What you missed in ${workspace}`,
    subjectOfPlace: (place, workspace) => `${place} in ${workspace}`,
    subjectWithoutContent: (workspace) => `Something new for you in ${workspace}`,
    subjectOfTest: (workspace) => `A test from ${workspace}`,
    intro: (count, workspace) =>
      count === 1
        ? `While you were away from ${workspace}:`
        : `While you were away from ${workspace}, ${count} things came for you:`,
    introOfTest: 'You asked for one of each. Mail of what you missed looks like this.',
    withoutContent: (count, workspace) =>
      count === 1
        ? `There is something new for you in ${workspace}.`
        : `${count} new things wait for you in ${workspace}.`,
    open: (workspace) => `Open ${workspace}`,
    show: 'Show',
    more: (count) => `and ${count} more`,
    inThread: (place) => `Thread in ${place}`,
    reminders: 'Reminders',
    invited: 'You were added to this room.',
    file: 'A file',
    kinds: {
      direct: 'A direct message',
      mention: 'A mention of you',
      keyword: 'One of your keywords',
      thread: 'A reply in a thread you follow',
      everything: 'A message in a room where everything notifies',
      invitation: 'A room you were added to',
      reminder: 'A reminder',
    },
    why: {
      quarter: 'You get this because you were away for a quarter of an hour.',
      hour: 'You get this because you were away for an hour.',
      day: 'You get this because you were away for a day.',
    },
    answer: 'Answer by mail',
    answerable: 'Answer this mail to write there.',
    settings: 'Change when',
    unsubscribe: 'No such mail any more',
  },
  de: {
    subject: (workspace) => `Was du bei ${workspace} verpasst hast`,
    subjectOfPlace: (place, workspace) => `${place} bei ${workspace}`,
    subjectWithoutContent: (workspace) => `Neues für dich bei ${workspace}`,
    subjectOfTest: (workspace) => `Ein Test von ${workspace}`,
    intro: (count, workspace) =>
      count === 1
        ? `Während du bei ${workspace} nicht da warst:`
        : `Während du bei ${workspace} nicht da warst, kamen ${count} Neuigkeiten für dich:`,
    introOfTest: 'Du wolltest von jeder Art eine. So sieht die E-Mail über Verpasstes aus.',
    withoutContent: (count, workspace) =>
      count === 1
        ? `Bei ${workspace} gibt es etwas Neues für dich.`
        : `Bei ${workspace} warten ${count} Neuigkeiten auf dich.`,
    open: (workspace) => `${workspace} öffnen`,
    show: 'Zeigen',
    more: (count) => `und ${count} weitere`,
    inThread: (place) => `Thread in ${place}`,
    reminders: 'Erinnerungen',
    invited: 'Du wurdest in diesen Raum aufgenommen.',
    file: 'Eine Datei',
    kinds: {
      direct: 'Eine Direktnachricht',
      mention: 'Eine Erwähnung von dir',
      keyword: 'Eines deiner Schlüsselwörter',
      thread: 'Eine Antwort in einem Thread, dem du folgst',
      everything: 'Eine Nachricht in einem Raum, in dem alles benachrichtigt',
      invitation: 'Ein Raum, in den du aufgenommen wurdest',
      reminder: 'Eine Erinnerung',
    },
    why: {
      quarter: 'Du bekommst das, weil du eine Viertelstunde nicht da warst.',
      hour: 'Du bekommst das, weil du eine Stunde nicht da warst.',
      day: 'Du bekommst das, weil du einen Tag nicht da warst.',
    },
    answer: 'Per E-Mail antworten',
    answerable: 'Antworte auf diese E-Mail, um dort zu schreiben.',
    settings: 'Ändern, wann',
    unsubscribe: 'Keine solchen E-Mails mehr',
  },
  ja: {
    subject: (workspace) => `${workspace} の未読のお知らせ`,
    subjectOfPlace: (place, workspace) => `${place} – ${workspace}`,
    subjectWithoutContent: (workspace) => `${workspace} に新着があります`,
    subjectOfTest: (workspace) => `${workspace} からのテスト`,
    intro: (count, workspace) => `不在の間に ${workspace} であなた宛ての新着が ${count} 件ありました。`,
    introOfTest: '各種類を 1 件ずつお送りします。不在の間のお知らせはこのように届きます。',
    withoutContent: (count, workspace) => `${workspace} であなた宛ての新着が ${count} 件あります。`,
    open: (workspace) => `${workspace} を開く`,
    show: '表示',
    more: (count) => `ほか ${count} 件`,
    inThread: (place) => `${place} のスレッド`,
    reminders: 'リマインダー',
    invited: 'このルームに追加されました。',
    file: 'ファイル',
    kinds: {
      direct: 'ダイレクトメッセージ',
      mention: 'あなたへのメンション',
      keyword: 'キーワード',
      thread: 'フォロー中のスレッドへの返信',
      everything: 'すべて通知するルームのメッセージ',
      invitation: '追加されたルーム',
      reminder: 'リマインダー',
    },
    why: {
      quarter: '15 分間不在だったため、お送りしています。',
      hour: '1 時間不在だったため、お送りしています。',
      day: '1 日不在だったため、お送りしています。',
    },
    answer: 'メールで返信',
    answerable: 'このメールに返信すると、そこに投稿されます。',
    settings: '送るタイミングを変更',
    unsubscribe: '今後このメールを受け取らない',
  },
};
