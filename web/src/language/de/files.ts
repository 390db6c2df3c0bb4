import type { files as english } from '../en/files.ts';
import { plural } from './grammar.ts';

export const files: typeof english = {
  attach: 'Dateien anhängen',
  drop: 'Dateien hier ablegen, um sie anzuhängen',
  tray: 'Angehängte Dateien',
  tooMany: (left) =>
    plural(left, {
      one: 'Eine Nachricht fasst 10 Dateien. Eine wurde weggelassen.',
      other: 'Eine Nachricht fasst 10 Dateien. # wurden weggelassen.',
    }),
  remove: (name) => `${name} entfernen`,
  cancel: (name) => `${name} abbrechen`,
  retry: (name) => `${name} erneut versuchen`,
  progress: (name) => `Hochladen von ${name}`,
  waiting: 'Wartet',
  waitingForServer: 'Wartet auf den Server. Es geht von selbst weiter.',
  ready: 'Bereit',
  notKept: 'Zu groß, um ein Neuladen der Seite zu überstehen',
  sendsWhenDone: 'Wird gesendet, sobald die Dateien da sind.',
  dontSend: 'Noch nicht senden',
  started: (count) =>
    plural(count, { one: 'Eine Datei wird hochgeladen', other: '# Dateien werden hochgeladen' }),
  finished: (name) => `${name}: hochgeladen`,
  failed: (name, why) => `${name}: ${why}`,
  removed: (name) => `${name} entfernt`,
  count: (count) => plural(count, { one: 'Eine Datei', other: '# Dateien' }),
  refused: {
    too_large: 'Das ist größer, als dieser Arbeitsbereich erlaubt.',
    limit_reached: 'Dein Platz für Dateien ist aufgebraucht, oder es sind zu viele Uploads offen.',
    forbidden: 'Hier darfst du keine Dateien anhängen.',
    not_found: 'Du bist nicht mehr in diesem Raum.',
    unavailable: 'Der Dateispeicher ist gerade nicht erreichbar.',
  },
  inMessage: 'Dateien dieser Nachricht',
  open: (name) => `${name} öffnen`,
  download: (name) => `${name} herunterladen`,
  notShown:
    'Diese Datei lässt sich nicht zeigen. Vielleicht gibt es sie nicht mehr, oder du darfst sie nicht mehr sehen.',
  kinds: {
    picture: 'Bild',
    video: 'Video',
    audio: 'Ton',
    text: 'Text',
    archive: 'Archiv',
    document: 'Dokument',
    other: 'Datei',
  },
  check: {
    waiting: 'Wird auf Viren geprüft',
    infected: (finding: string) => `Entfernt: Der Virenscanner hat ${finding} darin gefunden.`,
    tooLarge:
      'Zu groß für den Virenscanner, darum wird sie nicht gezeigt. Jemand aus der Verwaltung kann helfen.',
    withheld: (name: string, why: string) => `${name}: ${why}`,
  },
  viewer: {
    title: (name) => `Bild: ${name}`,
    place: (index, count) => `${index} von ${count}`,
    firstPage: 'Erste Seite',
    previous: 'Voriges Bild',
    next: 'Nächstes Bild',
    close: 'Schließen',
    zoomIn: 'Größer',
    zoomOut: 'Kleiner',
    download: 'Herunterladen',
  },
  preview: { show: 'Text anzeigen', hide: 'Text ausblenden', cut: 'Das ist der Anfang.' },
  tab: {
    title: 'Dateien',
    list: 'Dateien dieses Raums',
    none: 'Noch keine Dateien',
    noneNote: 'Was Leute hier an Nachrichten anhängen, steht in dieser Liste.',
    toMessage: (name) => `Zur Nachricht mit ${name}`,
    from: (name, day) => `${name}, ${day}`,
  },
};
