/**
 * Messages to be sent later. Owns scheduled_messages. Promises that each is sent once, by whatever node, through the same
 * path as any message, and that what can no longer be sent stays listed with the refusal's code.
 * Refuses to know how a message comes into being.
 */
import type { Input, Output } from '@confab/protocol';
import type { EventLog } from '../delivery/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import type { Author } from '../messages/index.ts';
import { createChore, type Chore } from '../platform/chore.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { changeScheduled } from './change-scheduled.ts';
import { deleteScheduled } from './delete-scheduled.ts';
import { scheduleMessage } from './schedule-message.ts';
import { sendDue, sendNow } from './send-scheduled.ts';
import { findScheduled } from './store.ts';

/** How late a message may be. */
const periodMs = 2_000;

export type ScheduledHandlers = Handlers<
  'message.schedule' | 'scheduled.list' | 'scheduled.change' | 'scheduled.sendNow' | 'scheduled.delete'
>;

export interface ScheduledDeps {
  readonly database: Database;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly send: (author: Author, input: Input<'message.send'>) => Promise<Output<'message.send'>>;
}

export function createScheduled(deps: ScheduledDeps & { logbook: Log }): {
  handlers: ScheduledHandlers;
  /** They run until they are closed. */
  chores: readonly Chore[];
} {
  const { database } = deps;
  const sending = createChore({
    ...deps,
    name: 'sending scheduled messages',
    periodMs,
    work: () => sendDue(deps),
  });
  return {
    chores: [sending],
    handlers: {
      'message.schedule': (caller, input) => scheduleMessage(deps, caller, input),
      'scheduled.list': async (caller) => ({ scheduled: await findScheduled(database, caller.userId) }),
      'scheduled.change': (caller, input) => changeScheduled(deps, caller, input),
      'scheduled.sendNow': (caller, input) => sendNow(deps, caller, input),
      'scheduled.delete': (caller, input) => deleteScheduled(deps, caller, input),
    },
  };
}

export { findScheduled } from './store.ts';
export { sendDue } from './send-scheduled.ts';
