/**
 * Threads: who follows them and how far they have read. A thread has the id of its root message and no life of its own.
 * Promises that following changes only under the room's lock, so that each reply knows exactly whom it concerns.
 * Replies are messages; refuses to know how they come into being.
 */
import type { EventLog } from '../delivery/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import type { Database } from '../platform/postgres/index.ts';
import { followThread, readThread, unfollowThread } from './follow-thread.ts';
import { listThreads, readThreadHistory } from './read-threads.ts';

export type ThreadHandlers = Handlers<
  'thread.history' | 'thread.list' | 'thread.follow' | 'thread.unfollow' | 'thread.read'
>;

export function createThreads(deps: { database: Database; log: EventLog }): { handlers: ThreadHandlers } {
  const { database, log } = deps;
  return {
    handlers: {
      'thread.history': (caller, input) => readThreadHistory({ database, epoch: log.epoch }, caller, input),
      'thread.list': (caller, input) => listThreads(deps, caller, input),
      'thread.follow': (caller, input) => followThread(deps, caller, input),
      'thread.unfollow': (caller, input) => unfollowThread(deps, caller, input),
      'thread.read': (caller, input) => readThread(deps, caller, input),
    },
  };
}

export { forThread } from './doors.ts';
export { findUnreadThreads } from './store.ts';
