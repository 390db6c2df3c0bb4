/** What the system shows of what happened while no page was open; spoken by the service worker. */
export const push = {
  somethingNew: 'There is something new for you',
  noText: 'A file',
  inThread: (where: string) => `Thread in ${where}`,
  invitation: (room: string) => `You were added to ${room}`,
  reminder: 'Reminder',
  test: 'This is a test',
  kinds: {
    direct: 'A direct message',
    mention: 'A mention of you',
    keyword: 'One of your keywords',
    thread: 'A reply in a thread you follow',
    everything: 'A message in a room where everything notifies',
    invitation: 'A room you were added to',
    reminder: 'A reminder',
  },
};
