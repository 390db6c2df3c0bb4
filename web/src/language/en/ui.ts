/** Of the kit of components, and what the same everywhere says. */
export const ui = {
  close: 'Close',
  cancel: 'Cancel',
  dismiss: 'Dismiss',
  notices: 'Notices',
  tryAgain: 'Try again',
};
