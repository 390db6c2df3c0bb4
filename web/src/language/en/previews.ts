/** Cards of what links lead to. */
export const previews = {
  inMessage: 'Links of this message',
  remove: (title: string) => `Remove the card: ${title}`,
  removed: (title: string) => `Card removed: ${title}`,
};
