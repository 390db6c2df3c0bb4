import type { push as english } from '../en/push.ts';

export const push: typeof english = {
  somethingNew: 'Es gibt etwas Neues für dich',
  noText: 'Eine Datei',
  inThread: (where) => `Thread in ${where}`,
  invitation: (room) => `Du wurdest zu ${room} hinzugefügt`,
  reminder: 'Erinnerung',
  test: 'Das ist ein Test',
  kinds: {
    direct: 'Eine Direktnachricht',
    mention: 'Eine Erwähnung von dir',
    keyword: 'Eines deiner Stichwörter',
    thread: 'Eine Antwort in einem Thread, dem du folgst',
    everything: 'Eine Nachricht in einem Raum, in dem alles benachrichtigt',
    invitation: 'Ein Raum, zu dem du hinzugefügt wurdest',
    reminder: 'Eine Erinnerung',
  },
};
