import { plural } from './grammar.ts';

/** Of the kit of components, and what the same everywhere says. */
export const ui = {
  close: 'Close',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  notices: 'Notices',
  tryAgain: 'Try again',
  /** What a screen reader hears of a width. */
  pixels: (width: number) => plural(width, { one: '# pixel', other: '# pixels' }),
  /** As printed on the keyboards of most people who read this language. */
  keys: { Ctrl: 'Ctrl', Alt: 'Alt', Shift: 'Shift', ' ': 'Space', Home: 'Home', End: 'End' },
  emoji: {
    all: 'Emoji',
    search: 'Search emoji',
    none: 'No emoji found. Try another word.',
    failed: 'The emoji could not be loaded.',
    tone: 'Skin tone',
    noTone: 'No skin tone',
    tones: {
      light: 'Light',
      mediumLight: 'Medium light',
      medium: 'Medium',
      mediumDark: 'Medium dark',
      dark: 'Dark',
    },
    groups: {
      recent: 'Recently used',
      own: 'This workspace',
      'Smileys & emotion': 'Smileys & emotion',
      'People & body': 'People & body',
      'Animals & nature': 'Animals & nature',
      'Food & drink': 'Food & drink',
      'Travel & places': 'Travel & places',
      Activities: 'Activities',
      Objects: 'Objects',
      Symbols: 'Symbols',
      Flags: 'Flags',
    },
  },
};
