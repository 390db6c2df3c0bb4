/** What password links and invitations say, in the languages of the page. */
import type { LetterLanguage } from '../mail/index.ts';

interface LetterWords {
  readonly reset: {
    readonly subject: (workspace: string) => string;
    readonly asked: (workspace: string) => string;
    readonly label: string;
    readonly foot: (hours: number) => string;
  };
  readonly invitation: {
    readonly subject: (by: string, workspace: string) => string;
    readonly invited: (by: string, workspace: string) => string;
    readonly label: string;
    readonly foot: (days: number) => string;
  };
}

export const letterWords: Readonly<Record<LetterLanguage, LetterWords>> = {
  en: {
    reset: {
      subject: (workspace) => `A new password for ${workspace}`,
      asked: (workspace) =>
        `Somebody, probably you, asked for a new password for your account at ${workspace}.`,
      label: 'Choose a new password',
      foot: (hours) =>
        `The link works once, within ${hours} hours. If it was not you, do nothing: your password stays as it is.`,
    },
    invitation: {
      subject: (by, workspace) => `${by} invites you to ${workspace}`,
      invited: (by, workspace) => `${by} invites you to join ${workspace}, where the team talks.`,
      label: 'Join',
      foot: (days) =>
        `The link works once, until ${days === 1 ? 'tomorrow' : `${days} days from now`}. If you do not know what this is about, do nothing.`,
    },
  },
  de: {
    reset: {
      subject: (workspace) => `Ein neues Passwort für ${workspace}`,
      asked: (workspace) =>
        `Jemand, vermutlich du, möchte ein neues Passwort für dein Konto bei ${workspace}.`,
      label: 'Neues Passwort wählen',
      foot: (hours) =>
        `Der Link gilt einmal, innerhalb von ${hours} Stunden. Warst du es nicht, dann tu nichts: Dein Passwort bleibt, wie es ist.`,
    },
    invitation: {
      subject: (by, workspace) => `${by} lädt dich zu ${workspace} ein`,
      invited: (by, workspace) =>
        `${by} lädt dich ein, ${workspace} beizutreten. Dort spricht sich das Team ab.`,
      label: 'Beitreten',
      foot: (days) =>
        `Der Link gilt einmal, ${days === 1 ? 'einen Tag' : `${days} Tage`} lang. Sagt dir das nichts, dann tu nichts.`,
    },
  },
  ja: {
    reset: {
      subject: (workspace) => `${workspace} の新しいパスワード`,
      asked: (workspace) => `${workspace} のアカウントについて、パスワードの再設定が申し込まれました。`,
      label: '新しいパスワードを設定',
      foot: (hours) =>
        `リンクは${hours}時間以内に一度だけ使えます。お心当たりがない場合は何もしないでください。パスワードはそのままです。`,
    },
    invitation: {
      subject: (by, workspace) => `${by} さんから ${workspace} への招待`,
      invited: (by, workspace) => `${by} さんから ${workspace} に招待されています。`,
      label: '参加する',
      foot: (days) => `リンクは${days}日以内に一度だけ使えます。お心当たりがない場合は何もしないでください。`,
    },
  },
};
