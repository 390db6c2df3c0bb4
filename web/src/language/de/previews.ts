import type { previews as english } from '../en/previews.ts';

export const previews: typeof english = {
  inMessage: 'Links dieser Nachricht',
  remove: (title) => `Karte entfernen: ${title}`,
  removed: (title) => `Karte entfernt: ${title}`,
};
