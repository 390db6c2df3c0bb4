import type { sessions as english } from '../en/sessions.ts';
import { plural } from './grammar.ts';

export const sessions: typeof english = {
  email: 'E-Mail',
  yourName: 'Dein Name',
  language: 'Sprache',
  password: {
    label: 'Passwort',
    fresh: 'Neues Passwort',
    hint: (least) => plural(least, { other: 'Mindestens # Zeichen. Ein paar Wörter merkt man sich leicht.' }),
    show: 'Passwort anzeigen',
    hide: 'Passwort verbergen',
  },
  problems: {
    email: 'Gib eine E-Mail-Adresse ein, zum Beispiel ada@example.org.',
    shortPassword: (least) => plural(least, { other: 'Nimm mindestens # Zeichen.' }),
    noPassword: 'Gib dein Passwort ein.',
    noName: 'Gib deinen Namen ein, so wie ihn die anderen sehen sollen.',
    noWorkspaceName: 'Gib dem Arbeitsbereich einen Namen.',
    takenEmail: 'Diese Adresse hat schon jemand.',
  },
  signIn: {
    title: (workspace) => `Bei ${workspace} anmelden`,
    submit: 'Anmelden',
    newHere: 'Neu hier? {link}.',
    createAccount: 'Konto anlegen',
    forgottenByMail: 'Passwort vergessen?',
    forgotten:
      'Passwort vergessen? Wer den Arbeitsbereich verwaltet, kann dir einen Link für ein neues schicken.',
  },
  signUp: {
    title: (workspace) => `${workspace} beitreten`,
    invitedBy: (name) => `${name} hat dich eingeladen.`,
    workAddress: 'Nimm deine Arbeitsadresse.',
    submit: 'Beitreten',
    member: 'Schon dabei? {link}',
    opening: 'Die Einladung wird geöffnet',
    gone: 'Diese Einladung gilt nicht mehr',
    goneNote: 'Sie ist abgelaufen oder aufgebraucht. Bitte die Person, die sie geschickt hat, um eine neue.',
    failed: 'Das hat nicht geklappt',
    failedNote: (reason) => `${reason} Versuch es gleich noch einmal.`,
    takenEmail: 'Diese Adresse hat schon jemand. Vielleicht du, dann kannst du dich anmelden?',
    notAlone: 'Mit dieser Adresse geht es nur mit Einladung. Bitte um eine.',
  },
  setUp: {
    title: 'Richte deinen Arbeitsbereich ein',
    lead: 'Er gehört dann dir. Alles hier lässt sich später ändern.',
    workspaceName: 'Name des Arbeitsbereichs',
    workspaceHint: 'Deine Firma, dein Team oder dein Verein',
    submit: 'Arbeitsbereich anlegen',
  },
  forgot: {
    title: 'Passwort vergessen?',
    lead: 'Gib deine Adresse ein, dann bekommst du einen Link, mit dem du ein neues wählst.',
    submit: 'Link schicken',
    sentTitle: 'Sieh in dein Postfach',
    sent: (address) =>
      `Wenn ${address} hier jemandem gehört, ist ein Link unterwegs. Er gilt einmal, vier Stunden lang. Nichts da? Sieh auch im Spam-Ordner nach.`,
  },
  reset: {
    title: 'Wähle ein neues Passwort',
    lead: 'Du wirst hier angemeldet und überall sonst abgemeldet.',
    back: 'Zurück zur Anmeldung',
    submit: 'Passwort festlegen',
    gone: 'Dieser Link ist abgelaufen oder schon benutzt. Lass dir einen neuen schicken.',
  },
  signOut: {
    title: 'Abmelden?',
    submit: 'Abmelden',
    note: 'Was auf diesem Gerät gespeichert ist, wird entfernt. Auf dem Server bleibt alles.',
    unsent: (count) =>
      plural(count, {
        one: 'Eine Nachricht ist noch nicht gesendet und ginge verloren.',
        other: '# Nachrichten sind noch nicht gesendet und gingen verloren.',
      }),
  },
};
