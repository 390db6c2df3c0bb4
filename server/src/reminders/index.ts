/**
 * Reminders: of a message or a note, at a time. Owns reminders. Promises that each falls due once, on whatever node, and
 * stays due until its person completes it or puts it off.
 * Refuses to know how a device tells its person.
 */
import type { EventLog } from '../delivery/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import { createChore, type Chore } from '../platform/chore.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Log } from '../platform/log/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { changeReminder } from './change-reminder.ts';
import { clearReminders } from './clear-reminders.ts';
import { completeReminder } from './complete-reminder.ts';
import { createReminder } from './create-reminder.ts';
import { deleteReminder } from './delete-reminder.ts';
import { listReminders } from './list-reminders.ts';
import { remindDue } from './remind-due.ts';

/** How late a reminder may be. */
const periodMs = 2_000;

export type ReminderHandlers = Handlers<
  | 'reminder.create'
  | 'reminder.list'
  | 'reminder.change'
  | 'reminder.complete'
  | 'reminder.delete'
  | 'reminder.clear'
>;

export function createReminders(deps: { database: Database; log: EventLog; clock: Clock; logbook: Log }): {
  handlers: ReminderHandlers;
  /** They run until they are closed. */
  chores: readonly Chore[];
} {
  const reminding = createChore({ ...deps, name: 'reminding', periodMs, work: () => remindDue(deps) });
  return {
    chores: [reminding],
    handlers: {
      'reminder.create': (caller, input) => createReminder(deps, caller, input),
      'reminder.list': (caller, input) => listReminders(deps, caller, input),
      'reminder.change': (caller, input) => changeReminder(deps, caller, input),
      'reminder.complete': (caller, input) => completeReminder(deps, caller, input),
      'reminder.delete': (caller, input) => deleteReminder(deps, caller, input),
      'reminder.clear': (caller, input) => clearReminders(deps, caller, input),
    },
  };
}

export { findReminders } from './store.ts';
export { remindDue } from './remind-due.ts';
