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
  },
  messageDeleted: 'Diese Nachricht wurde gelöscht.',
};
