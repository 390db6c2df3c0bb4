/** Builds whose clients are broken. */
import type { Build } from '../cluster/build.ts';

export const forgetsOutbox: Build = {
  name: 'forgets-outbox',
  what: 'Keeps what is to be sent in memory only.',
  breaks: ['unlost'],
  storage: (storage) => ({
    ...storage,
    write: (changes) => storage.write(new Map([...changes].filter(([key]) => !key.startsWith('outbox:')))),
  }),
};

export const ignoresGaps: Build = {
  name: 'ignores-gaps',
  what: 'Loses an event now and then, and reads on after it as if it had not been.',
  breaks: ['rest'],
  sockets: (sockets, choices) => ({
    open: (url, listener) =>
      sockets.open(url, {
        opened: () => listener.opened(),
        closed: () => listener.closed(),
        message(text) {
          const isLost = text.startsWith('{"t":"event"') && choices.chance(0.05);
          listener.message(isLost ? text.replace(/"name":"[^"]*"/, '"name":"nothing.happened"') : text);
        },
      }),
  }),
};
