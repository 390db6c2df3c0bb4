import type { switcher as english } from '../en/switcher.ts';

export const switcher: typeof english = {
  label: 'Springen zu',
  placeholder: 'Ein Raum, eine Person, oder > für Befehle',
  noCommand: 'Diesen Befehl gibt es nicht.',
  noRooms: 'Du bist noch in keinem Raum.',
  nothing: 'Nichts gefunden.',
  browseAll: 'Alle Räume ansehen',
  choose: 'wählen',
  open: 'öffnen',
  commands: 'Befehle',
  archived: 'Archiviert',
  groups: {
    rooms: 'Räume',
    unread: 'Ungelesen',
    recent: 'Zuletzt',
    people: 'Leute',
    commands: 'Befehle',
  },
  lightOrDark: 'Hell oder dunkel',
};
