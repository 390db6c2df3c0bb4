/** Builds that deliver events and badges wrongly. */
import {
  Frame,
  roomStream,
  StreamEvent,
  type BadgeListener,
  type Subscription,
} from '@confab/server/delivery/index';
import type { Sockets } from '@confab/client/platform/index';
import type { Build, ConnectionsDeps } from '../cluster/build.ts';

type Feeds = ConnectionsDeps['feeds'];

/** Joins pass through `change`; what the connection holds is still what it can leave with. */
function changingSubscriptions(feeds: Feeds, change: (subscription: Subscription) => Subscription): Feeds {
  const changed = new WeakMap<Subscription, Subscription>();
  return {
    ...feeds,
    get counts() {
      return feeds.counts;
    },
    leave: (subscription) => feeds.leave(changed.get(subscription) ?? subscription),
    open(stream) {
      const feed = feeds.open(stream);
      return {
        get head() {
          return feed.head;
        },
        settle: (head) => feed.settle(head),
        eventsAfter: (seq) => feed.eventsAfter(seq),
        join(subscription) {
          const other = change(subscription);
          changed.set(subscription, other);
          feed.join(other);
        },
      };
    },
  };
}

export const neverCutsOff: Build = {
  name: 'never-cuts-off',
  what: 'Whoever leaves a room goes on receiving its events.',
  breaks: ['access'],
  world: 'doors',
  connections: (deps) => ({
    ...deps,
    feeds: changingSubscriptions(deps.feeds, (subscription) => {
      const { subscriber } = subscription;
      return {
        ...subscription,
        subscriber: {
          userId: 'nobody',
          send: (frame) => subscriber.send(frame),
          get full() {
            return subscriber.full;
          },
          drained: () => subscriber.drained(),
          isMember: () => true,
        },
      };
    }),
  }),
};

export const letsEverybodyIn: Build = {
  name: 'lets-everybody-in',
  what: 'Rooms can be watched without being allowed to read them, and clients try.',
  breaks: ['access'],
  world: 'doors',
  sockets: watchingWhatWasLeft,
  connections: (deps) => ({
    ...deps,
    async readWatches(inputs) {
      const states = await deps.readWatches(inputs);
      return states.map((state, index) => {
        const feed = deps.feeds.open(roomStream(inputs[index]?.watch.roomId ?? ''));
        return state ?? { head: feed.head ?? 0, isMember: true };
      });
    },
  }),
};

/** The product's own client asks before it watches; this one watches each room that it is put out of. */
function watchingWhatWasLeft(sockets: Sockets): Sockets {
  return {
    open(url, listener) {
      const socket = sockets.open(url, {
        ...listener,
        message(text) {
          listener.message(text);
          const roomId = /"name":"room.removed","data":\{"roomId":"(\d+)"/.exec(text)?.[1];
          if (roomId !== undefined) {
            socket.send(JSON.stringify({ t: 'watch', watch: { roomId, epoch: 1, after: 0 } }));
          }
        },
      });
      return socket;
    },
  };
}

type Hint = [
  kind: 'room' | 'user' | 'workspace',
  id: string,
  seq: number,
  at: number,
  name: string,
  json: string,
];

export const forwardsHints: Build = {
  name: 'forwards-hints',
  what: 'Sends on what the bus brings as it comes, without looking at the numbers.',
  breaks: ['order'],
  connections(deps, { bus }) {
    const readers = new Map<string, Set<Subscription>>();
    bus.subscribe('events', (message) => {
      const hints = JSON.parse(message.slice(message.indexOf(' ') + 1)) as Hint[];
      for (const [kind, id, seq, at, name, json] of hints) {
        const event = new StreamEvent({ kind, id }, { seq, at }, { name, json });
        for (const { active, subscriber } of readers.get(id) ?? []) {
          if (active) subscriber.send(new Frame(event.frameText(deps.epoch)));
        }
      }
    });
    const feeds = changingSubscriptions(deps.feeds, (subscription) => {
      const { id } = subscription.stream;
      const known = readers.get(id) ?? new Set();
      readers.set(id, known.add(subscription));
      return subscription;
    });
    return { ...deps, feeds };
  },
};

export const dropsBadges: Build = {
  name: 'drops-badges',
  what: 'Loses badges on the way to the connection.',
  breaks: ['rest'],
  connections(deps, { choices }) {
    const forgetful = new WeakMap<BadgeListener, BadgeListener>();
    const inFrontOf = (listener: BadgeListener): BadgeListener => {
      const known = forgetful.get(listener) ?? {
        userId: listener.userId,
        watches: (roomId) => listener.watches(roomId),
        sendBadges(badges) {
          if (choices.chance(0.7)) listener.sendBadges(badges);
        },
      };
      forgetful.set(listener, known);
      return known;
    };
    const badges: typeof deps.badges = {
      ...deps.badges,
      listen: (roomId, listener) => deps.badges.listen(roomId, inFrontOf(listener)),
      unlisten: (roomId, listener) => deps.badges.unlisten(roomId, inFrontOf(listener)),
    };
    return { ...deps, badges };
  },
};
