import { plural } from './grammar.ts';

/** What the system shows of what happened here, and how that is turned on. */
export const notices = {
  more: (count: number) => plural(count, { one: '# more unread', other: '# more unread' }),
  somethingNew: 'There is something new for you',
  noText: 'A file',
  inThread: (where: string) => `Thread in ${where}`,
  reminder: 'Reminder',
  device: {
    title: 'On this device',
    note: 'Notifications appear while this page is open in a tab. What is chosen here holds for this browser alone.',
    unsupported: 'This browser shows no notifications',
    unsupportedHint: 'On a phone, add this page to the home screen and open it from there.',
    off: 'Notifications are not allowed yet',
    offHint: 'The browser will ask whether this page may show them.',
    allow: 'Allow notifications',
    denied: 'The browser blocks notifications of this page',
    deniedHint: 'Allow them in the settings of the browser for this page, beside its address.',
    on: 'Notify me on this device',
    sound: 'Play a sound',
    hidden: 'Hide what was written',
    hiddenHint: 'Only that there is something new, for screens that others can see.',
    test: 'Send me a test',
    testTitle: 'This is a test',
    testBody: 'Notifications will look like this.',
    testSent: 'A test was shown. If you see none, look at the notification settings of your system.',
    testFailed: 'The system did not take it. Look at its notification settings.',
  },
};
