import type { ui as english } from '../en/ui.ts';

export const ui: typeof english = {
  close: 'Schließen',
  cancel: 'Abbrechen',
  dismiss: 'Ausblenden',
  notices: 'Hinweise',
  tryAgain: 'Noch einmal versuchen',
};
