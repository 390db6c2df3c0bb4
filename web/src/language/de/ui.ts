import type { ui as english } from '../en/ui.ts';
import { plural } from './grammar.ts';

export const ui: typeof english = {
  close: 'Schließen',
  cancel: 'Abbrechen',
  dismiss: 'Ausblenden',
  notices: 'Hinweise',
  tryAgain: 'Noch einmal versuchen',
  pixels: (width) => plural(width, { other: '# Pixel' }),
  keys: { Ctrl: 'Strg', Alt: 'Alt', Shift: 'Umschalt', ' ': 'Leertaste', Home: 'Pos1', End: 'Ende' },
  emoji: {
    all: 'Emojis',
    search: 'Emojis suchen',
    none: 'Kein Emoji gefunden. Versuch es mit einem anderen Wort.',
    failed: 'Die Emojis konnten nicht geladen werden.',
    tone: 'Hautfarbe',
    noTone: 'Ohne Hautfarbe',
    tones: {
      light: 'Hell',
      mediumLight: 'Mittelhell',
      medium: 'Mittel',
      mediumDark: 'Mitteldunkel',
      dark: 'Dunkel',
    },
    groups: {
      recent: 'Zuletzt benutzt',
      own: 'Dieser Arbeitsbereich',
      'Smileys & emotion': 'Smileys & Gefühle',
      'People & body': 'Menschen & Körper',
      'Animals & nature': 'Tiere & Natur',
      'Food & drink': 'Essen & Trinken',
      'Travel & places': 'Reisen & Orte',
      Activities: 'Aktivitäten',
      Objects: 'Gegenstände',
      Symbols: 'Symbole',
      Flags: 'Flaggen',
    },
  },
};
