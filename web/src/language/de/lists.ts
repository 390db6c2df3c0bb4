import type { lists as english } from '../en/lists.ts';
import { plural } from './grammar.ts';

export const lists: typeof english = {
  unreads: {
    title: 'Ungelesen',
    readAll: 'Alles als gelesen markieren',
    read: 'Als gelesen markieren',
    none: 'Du bist auf dem neuesten Stand',
    noneNote: 'Neue Nachrichten in deinen Räumen stehen dann hier.',
    newMessages: (count) => plural(count, { one: '# neue Nachricht', other: '# neue Nachrichten' }),
    more: (count) => plural(count, { one: '# weitere', other: '# weitere' }),
    threads: (count) =>
      plural(count, { one: 'Neue Antworten in 1 Thread', other: 'Neue Antworten in # Threads' }),
  },
  mentions: {
    title: 'Erwähnungen',
    none: 'Noch hat dich niemand erwähnt',
    noneNote: 'Schreibt jemand @ und dein Kürzel, steht es dann hier.',
  },
  threads: {
    title: 'Threads',
    all: 'Alle',
    unread: 'Ungelesen',
    none: 'Noch keine Threads',
    noneNote: 'Antworte in einem Thread oder folge einem: Dann findest du ihn hier.',
    allRead: 'Alle Threads sind gelesen',
    allReadNote: 'Neue Antworten in Threads, denen du folgst, stehen dann hier.',
    newReplies: (count) => plural(count, { other: '# neu' }),
    unknownRoom: 'Ein Raum',
  },
  drafts: {
    title: 'Entwürfe',
    none: 'Keine Entwürfe',
    noneNote: 'Was du anfängst und nicht abschickst, bleibt hier, auf allen deinen Geräten.',
    inThread: 'in einem Thread',
    delete: (title) => `Entwurf für ${title} löschen`,
  },
  saved: {
    title: 'Gespeichert',
    label: 'Gespeicherte Nachrichten',
    none: 'Nichts gespeichert',
    noneNote: 'Speichere eine Nachricht, um darauf zurückzukommen. Nur du siehst, was du gespeichert hast.',
  },
  messageDeleted: 'Diese Nachricht wurde gelöscht.',
};
