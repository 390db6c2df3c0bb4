/**
 * How far people have read. Unread is a subtraction: the timeline's last ordinal less the one read up to.
 * Promises that reading never waits for a room's sends, nor they for it, and that each move is told once.
 */
import type { EventLog } from '../delivery/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import type { Database } from '../platform/postgres/index.ts';
import { readAll } from './read-all.ts';
import { readFrom, readUpTo } from './read-room.ts';

export function createUnreads(deps: { database: Database; log: EventLog }): {
  handlers: Handlers<'read.upTo' | 'read.from' | 'read.all'>;
} {
  return {
    handlers: {
      'read.upTo': (caller, input) => readUpTo(deps, caller, input),
      'read.from': (caller, input) => readFrom(deps, caller, input),
      'read.all': (caller) => readAll(deps, caller),
    },
  };
}
