/**
 * What somebody is told while no page of theirs is open. Owns the keys and subscriptions of Web Push and the notifications
 * themselves. Promises that each is decided once, by a reader of the streams, sent to each browser once that the push
 * service has acknowledged it, in one letter at most of what was missed, and never silently forgotten: how it ended is kept.
 * Refuses to know how a browser shows it, and what the pages that are open show.
 */
import { createReader } from '../delivery/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import { sql } from '../kit/sql.ts';
import type { Writer } from '../mail/index.ts';
import { createChore, type Chore } from '../platform/chore.ts';
import { forAccount } from '../users/index.ts';
import { decideBatch } from './decide-batch.ts';
import { deliverDue } from './deliver-due.ts';
import { channelsOf, type NotificationDeps } from './deps.ts';
import { gatherMissed } from './gather-missed.ts';
import { listDevices } from './list-devices.ts';
import { forKeys, removeEnded } from './store.ts';
import { subscribeDevice } from './subscribe-device.ts';
import { testDevices } from './test-devices.ts';
import { unsubscribeDevice } from './unsubscribe-device.ts';
import { unsubscribeMissed, writeMissed } from './write-missed.ts';

export type NotificationHandlers = Handlers<
  | 'push.key'
  | 'push.subscribe'
  | 'push.unsubscribe'
  | 'push.list'
  | 'push.test'
  | 'missedMail.look'
  | 'missedMail.unsubscribe'
>;

/** What nobody woke for: retries, and notifications of other nodes. */
const deliveryPeriodMs = 2_000;
/** Within what somebody sits before a page they are seen there. */
const gatheringPeriodMs = 15_000;
const cleaningPeriodMs = 3_600_000;

export function createNotifications(deps: NotificationDeps): {
  handlers: NotificationHandlers;
  /** Of the mails that this domain queues. */
  writers: { readonly missed: Writer };
  /** They run until they are closed. */
  chores: readonly Chore[];
  /** This node has committed something. */
  committed(): void;
} {
  const { pushMode, summaryMode, database } = deps;
  const channels = channelsOf(deps);
  const isOff = !channels.push && !channels.mail;
  const delivery = createChore({
    ...deps,
    name: 'sending notifications',
    periodMs: deliveryPeriodMs,
    work: () => (channels.push ? deliverDue(deps) : Promise.resolve()),
  });
  const gathering = createChore({
    ...deps,
    name: 'gathering what was missed',
    periodMs: gatheringPeriodMs,
    work: () => (channels.mail ? gatherMissed(deps) : Promise.resolve()),
  });
  const cleaning = createChore({
    ...deps,
    name: 'forgetting ended notifications',
    periodMs: cleaningPeriodMs,
    work: () => removeEnded(deps),
  });
  // While it is off nobody reads, and a reader that stands still would look like one that is behind.
  const reading = isOff
    ? createChore({
        ...deps,
        name: 'leaving the streams',
        periodMs: cleaningPeriodMs,
        work: async () => void (await database.rows(sql`delete from readers where name = 'notifications'`)),
      })
    : createReader({
        ...deps,
        name: 'notifications',
        handle: (tx, events) => decideBatch(deps, tx, events),
      });
  return {
    chores: [reading, delivery, gathering, cleaning],
    committed: isOff ? () => undefined : reading.wake,
    writers: { missed: writeMissed(deps) },
    handlers: {
      'push.key': async () => ({
        publicKey: pushMode === 'off' ? null : (await forKeys(deps)).publicKey,
        withContent: pushMode === 'on',
      }),
      'push.subscribe': (caller, input) => subscribeDevice(deps, caller, input),
      'push.unsubscribe': (caller, input) => unsubscribeDevice(deps, caller, input),
      'push.list': (caller) => listDevices(deps, caller),
      'push.test': async (caller) => {
        const sent = await testDevices(deps, caller);
        gathering.wake();
        return sent;
      },
      'missedMail.look': async (caller) => ({
        isSent: channels.mail,
        withContent: summaryMode === 'on',
        address: (await forAccount(database, caller.userId)).email,
      }),
      'missedMail.unsubscribe': (visitor, input) => unsubscribeMissed(deps, visitor, input),
    },
  };
}

export { decideBatch } from './decide-batch.ts';
export { deliverDue } from './deliver-due.ts';
export { gatherMissed } from './gather-missed.ts';
export type { PushMode } from './deps.ts';
