import { plural } from './grammar.ts';

export const search = {
  title: 'Search',
  label: 'Search messages',
  placeholder: 'Words, "phrases", begin*, from: in: has: before:',
  suggestions: 'Suggestions',
  sort: 'Order',
  byTime: 'Newest first',
  byRelevance: 'Best first',
  start: 'Search everything you may read',
  startNote:
    'Several words find messages that have all of them. "In quotes" finds exactly that, begin* what begins so, *part* any part of a word, and -word leaves out.',
  none: 'Nothing found',
  noneNote: 'Try fewer words, or only the beginning of one and an asterisk: meet*',
  found: (count: number) =>
    plural(count, { one: '1 message found', other: '# messages found on the first page' }),
  unknownRoom: 'A room',
  inThread: 'in a thread',
  everywhere: 'Search messages',
  here: 'Search in this room',
  messagesWith: (text: string) => `Search messages for “${text}”`,
  operators: {
    from: 'written by somebody',
    in: 'in a room, or with somebody',
    to: 'for somebody, by mention or direct message',
    has: 'with a link, code, a reaction, a pin or a file',
    is: 'in a thread, saved or pinned',
    before: 'before a day, month or year',
    after: 'after a day, month or year',
    during: 'on a day, in a month or a year',
  },
  problems: {
    date: (text: string) => `“${text}” is no date. Try 2026-11-24, 2026-11, today or yesterday.`,
    person: (text: string) => `Nobody here is called “${text}”.`,
    room: (text: string) => `You can see no room called “${text}”.`,
    has: (text: string) => `has:${text} is unknown. There is link, code, reaction, pin and file.`,
    is: (text: string) => `is:${text} is unknown. There is thread, saved and pinned.`,
    short: (text: string) => `“${text}” is too short: two letters before an asterisk, three after one.`,
    many: (text: string) => `These are too many words: “${text}” and what follows are one too many.`,
  },
};
