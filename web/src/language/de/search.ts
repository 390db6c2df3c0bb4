import type { search as english } from '../en/search.ts';
import { plural } from './grammar.ts';

export const search: typeof english = {
  title: 'Suche',
  label: 'Nachrichten durchsuchen',
  placeholder: 'Wörter, "genau das", Anfang*, from: in: has: before:',
  suggestions: 'Vorschläge',
  sort: 'Reihenfolge',
  byTime: 'Neueste zuerst',
  byRelevance: 'Beste zuerst',
  start: 'Durchsuche alles, was du lesen darfst',
  startNote:
    'Mehrere Wörter finden Nachrichten, in denen alle vorkommen. "In Anführungszeichen" findet genau das, Anfang* alles, was so beginnt, *Teil* jeden Wortteil, und -Wort schließt aus.',
  none: 'Nichts gefunden',
  noneNote: 'Versuch es mit weniger Wörtern oder nur einem Wortanfang und Sternchen: Treff*',
  found: (count) =>
    plural(count, { one: '1 Nachricht gefunden', other: '# Nachrichten auf der ersten Seite gefunden' }),
  unknownRoom: 'Ein Raum',
  inThread: 'in einem Thread',
  everywhere: 'Nachrichten durchsuchen',
  here: 'In diesem Raum suchen',
  messagesWith: (text) => `Nachrichten mit „${text}“ suchen`,
  operators: {
    from: 'von jemandem geschrieben',
    in: 'in einem Raum oder mit jemandem',
    to: 'an jemanden, als Erwähnung oder Direktnachricht',
    has: 'mit Link, Code, Reaktion, Anheftung oder Datei',
    is: 'im Thread, gespeichert oder angeheftet',
    before: 'vor einem Tag, Monat oder Jahr',
    after: 'nach einem Tag, Monat oder Jahr',
    during: 'an einem Tag, in einem Monat oder Jahr',
  },
  problems: {
    date: (text) => `„${text}“ ist kein Datum. Möglich sind 2026-11-24, 2026-11, today und yesterday.`,
    person: (text) => `Niemand hier heißt „${text}“.`,
    room: (text) => `Du siehst keinen Raum namens „${text}“.`,
    has: (text) => `has:${text} gibt es nicht. Es gibt link, code, reaction, pin und file.`,
    is: (text) => `is:${text} gibt es nicht. Es gibt thread, saved und pinned.`,
    short: (text) => `„${text}“ ist zu kurz: zwei Buchstaben vor einem Sternchen, drei danach.`,
    many: (text) => `Das sind zu viele Wörter: ab „${text}“ passt nichts mehr.`,
  },
};
