import type { notices as english } from '../en/notices.ts';
import { plural } from './grammar.ts';

export const notices: typeof english = {
  more: (count) => plural(count, { one: 'und # weitere ungelesene', other: 'und # weitere ungelesene' }),
  somethingNew: 'Es gibt etwas Neues für dich',
  noText: 'Eine Datei',
  inThread: (where) => `Thread in ${where}`,
  reminder: 'Erinnerung',
  device: {
    title: 'Auf diesem Gerät',
    note: 'Benachrichtigungen erscheinen, solange diese Seite in einem Tab offen ist. Was du hier wählst, gilt nur für diesen Browser.',
    unsupported: 'Dieser Browser zeigt keine Benachrichtigungen',
    unsupportedHint: 'Auf dem Handy: Füge die Seite zum Startbildschirm hinzu und öffne sie von dort.',
    off: 'Benachrichtigungen sind noch nicht erlaubt',
    offHint: 'Der Browser fragt dich, ob diese Seite sie zeigen darf.',
    allow: 'Benachrichtigungen erlauben',
    denied: 'Der Browser blockiert Benachrichtigungen dieser Seite',
    deniedHint: 'Erlaube sie in den Browser-Einstellungen für diese Seite, neben der Adresse.',
    on: 'Auf diesem Gerät benachrichtigen',
    sound: 'Ton abspielen',
    hidden: 'Inhalt verbergen',
    hiddenHint: 'Nur, dass es etwas Neues gibt – für Bildschirme, die auch andere sehen.',
    test: 'Test senden',
    testTitle: 'Das ist ein Test',
    testBody: 'So sehen Benachrichtigungen aus.',
    testSent: 'Ein Test wurde gezeigt. Siehst du nichts, prüfe die Benachrichtigungen deines Systems.',
    testFailed: 'Das System hat ihn nicht angenommen. Prüfe dort die Benachrichtigungen.',
  },
};
