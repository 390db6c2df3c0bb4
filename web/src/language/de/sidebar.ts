import type { sidebar as english } from '../en/sidebar.ts';
import { plural } from './grammar.ts';

export const sidebar: typeof english = {
  label: 'Räume und Leute',
  newMessage: 'Neue Nachricht',
  jump: 'Springen zu …',
  lists: {
    unreads: 'Ungelesen',
    threads: 'Threads',
    mentions: 'Erwähnungen',
    drafts: 'Entwürfe',
    saved: 'Gespeichert',
  },
  unread: ', ungelesen',
  unreadCount: (count) => plural(count, { other: ', # ungelesen' }),
  mentionCount: (count) => plural(count, { one: '1 Erwähnung', other: '# Erwähnungen' }),
  draft: 'Entwurf',
  sections: {
    starred: 'Favoriten',
    rooms: 'Räume',
    direct: 'Direktnachrichten',
  },
  addRooms: 'Räume finden oder anlegen',
  newDirect: 'Neue Direktnachricht',
  findRoom: 'Einen Raum finden',
  writeToSomebody: 'Jemandem schreiben',
  workspace: {
    browse: 'Alle Räume',
    create: 'Raum anlegen',
    unreadOnly: 'Nur Ungelesenes zeigen',
    shortcuts: 'Tastenkürzel',
  },
  signOut: 'Abmelden',
  own: {
    label: 'Du',
    setStatus: 'Status setzen',
    changeStatus: 'Status ändern',
    profile: 'Dein Profil',
    showOnline: 'Als online anzeigen',
    showAway: 'Als abwesend anzeigen',
    endQuiet: '„Nicht stören“ beenden',
    quiet: 'Nicht stören',
  },
};
