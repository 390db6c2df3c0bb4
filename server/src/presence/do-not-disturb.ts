import type { Preferences, User } from '@confab/protocol';
import { createQuietTime } from '@confab/protocol/notices';
import type { StreamEvent } from '../delivery/index.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { findPreferences, forUser } from '../users/index.ts';
import type { Tracker } from './tracker.ts';

/** How late quiet hours begin. */
const periodMs = 10_000;

interface Known {
  readonly preferences: Preferences;
  readonly timeZone: string;
  readonly untilAt: (now: number) => number | null;
  /** What the tracker was told. */
  told: number | null;
}

export interface DoNotDisturb {
  /** Somebody is here now: looks up what they chose. */
  arrived(userId: string): void;
  close(): void;
}

/** Tells the tracker until when the people connected here are not to be disturbed, as they chose, in their time zone. */
export function createDoNotDisturb(deps: {
  database: Tx;
  clock: Clock;
  logbook: Log;
  tracker: Tracker;
  onEvent: (listener: (event: StreamEvent) => void) => void;
}): DoNotDisturb {
  const { database, clock, logbook, tracker } = deps;
  const people = new Map<string, Known>();

  function know(userId: string, preferences: Preferences, timeZone: string): void {
    const untilAt = createQuietTime(preferences, timeZone);
    const told = untilAt(clock.now());
    people.set(userId, { preferences, timeZone, untilAt, told });
    tracker.setDoNotDisturb(userId, told);
  }

  async function lookUp(userId: string): Promise<void> {
    const preferences = await findPreferences(database, userId);
    const { timeZone } = await forUser(database, userId);
    know(userId, preferences, timeZone);
  }

  deps.onEvent((event) => {
    if (event.stream.kind === 'user' && event.name === 'preferences.changed') {
      const { preferences } = event.data<{ preferences: Preferences }>();
      const known = people.get(event.stream.id);
      if (known) know(event.stream.id, preferences, known.timeZone);
    }
    if (event.stream.kind === 'workspace' && event.name === 'user.changed') {
      const { user } = event.data<{ user: User }>();
      const known = people.get(user.id);
      if (known && known.timeZone !== user.timeZone) know(user.id, known.preferences, user.timeZone);
    }
  });

  const timer = clock.every(periodMs, () => {
    for (const [userId, known] of people) {
      const until = known.untilAt(clock.now());
      if (!tracker.isConnected(userId)) people.delete(userId);
      else if (until !== known.told) {
        known.told = until;
        tracker.setDoNotDisturb(userId, until);
      }
    }
  });

  return {
    arrived(userId) {
      lookUp(userId).catch((error: unknown) =>
        logbook.warn('preferences were not read; presence shows no do-not-disturb', { userId, error }),
      );
    },
    close: () => timer.cancel(),
  };
}
