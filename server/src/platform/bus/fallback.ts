import type { Clock, Timer } from '../clock/index.ts';
import type { Log } from '../log/index.ts';
import type { Bus } from './index.ts';
import type { Message } from './parcels.ts';

/** What a bus tells of itself that comes and goes. */
export interface BusWatcher {
  /** @param reason why it is gone; null when it is there. */
  changed(reason: string | null): void;
  /** Did not leave, or may not have. */
  unsent(messages: readonly Message[]): void;
}

/** A bus that can leave out this node's own listeners, who may have heard the message already. */
export interface BackupBus extends Bus {
  publishToOthers(topic: string, message: string): void;
}

export interface FallbackBusOptions {
  openPreferred: (watcher: BusWatcher) => Bus;
  /** Carries what the preferred one cannot. Closed with this one. */
  next: BackupBus;
  clock: Clock;
  log: Log;
}

/** On the next best way: a node that the preferred one does not reach asks the others to use both. */
const cutOffTopic = 'bus.cut-off';
const askMs = 1_000;
/** Both ways are used for so long after one was asked, or came back oneself: the others may not be back yet. */
const bothMs = 3_000;

/**
 * Sends over the preferred bus while it is there, otherwise over the next best one, and always listens to both. A node
 * that alone has lost the preferred bus is heard by all and asks them to send over both. A message may arrive twice
 * then, as on any bus.
 */
export function createFallbackBus({ openPreferred, next, clock, log }: FallbackBusOptions): Bus {
  let lostOnce = false;
  /** While it runs. */
  let both: Timer | null = null;
  let asking: Timer | null = null;

  const useBoth = (): void => {
    both?.cancel();
    both = clock.after(bothMs, () => (both = null));
  };
  const ask = (): void => next.publishToOthers(cutOffTopic, '');
  const preferred = openPreferred({
    changed(now) {
      asking?.cancel();
      if (now === null) {
        if (!lostOnce) return;
        useBoth();
        log.info(`${preferred.kind} carries the bus again`);
        return;
      }
      lostOnce = true;
      log.warn(`the bus is carried by ${next.kind} until ${preferred.kind} is back`, { reason: now });
      ask();
      asking = clock.every(askMs, ask);
    },
    unsent(messages) {
      for (const [topic, message] of messages) next.publishToOthers(topic, message);
    },
  });
  const forget = next.subscribe(cutOffTopic, useBoth);

  return {
    get kind() {
      return preferred.isConnected() ? preferred.kind : `${next.kind}, instead of ${preferred.kind}`;
    },
    isConnected: () => preferred.isConnected() || next.isConnected(),
    publish(topic, message) {
      preferred.publish(topic, message);
      if (preferred.isConnected() && both !== null) next.publishToOthers(topic, message);
    },
    subscribe(topic, listener) {
      const stops = [preferred.subscribe(topic, listener), next.subscribe(topic, listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    async close() {
      asking?.cancel();
      both?.cancel();
      forget();
      await Promise.all([preferred.close(), next.close()]);
    },
  };
}
