/**
 * Search in messages. Owns what they are found by, which can be made anew from the messages at any time.
 * Promises that nobody finds what they may not read at that moment, and that sends do not wait for it.
 * Refuses to know how a message is drawn.
 */
import { createReader, type ReaderDeps } from '../delivery/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import { estimateMessages } from '../messages/index.ts';
import { createChore, type Chore } from '../platform/chore.ts';
import type { Clock } from '../platform/clock/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { fillAnew, fillBatch, followMessages, type FillingReport } from './filling.ts';
import { createWordMemory } from './grams.ts';
import { postgresIndex } from './postgres-index.ts';
import type { SearchIndex } from './search-index.ts';
import { searchMessages } from './search-messages.ts';

export type SearchHandlers = Handlers<'search.messages'>;

/** Soon enough to find what one has just written, and late enough to take many at once. */
const readerRestMs = 1_000;
/** How long a new database, or one that was asked to fill anew, may wait for the next look. */
const fillingPeriodMs = 5_000;

export function createSearch(
  deps: Pick<ReaderDeps, 'database' | 'clock' | 'logbook' | 'givesWay'> & { index?: SearchIndex },
): {
  handlers: SearchHandlers;
  /** They run until they are closed. */
  chores: readonly Chore[];
  /** This node has committed something. */
  committed(): void;
} {
  const { database, clock, index = postgresIndex } = deps;
  let closing = false;
  const reader = createReader({
    ...deps,
    name: 'search',
    restMs: readerRestMs,
    handle: (tx, events) => followMessages({ index, clock }, tx, events),
  });
  const filling = createChore({
    ...deps,
    name: 'filling the search index',
    periodMs: fillingPeriodMs,
    async work() {
      const gramsOfWord = createWordMemory();
      while (!closing && !(await fillBatch({ database, clock, index, gramsOfWord })).isDone);
    },
  });
  return {
    chores: [
      reader,
      {
        ...filling,
        close() {
          closing = true;
          return filling.close();
        },
      },
    ],
    committed: reader.wake,
    handlers: {
      'search.messages': (caller, input) => searchMessages({ database, clock, index }, caller, input),
    },
  };
}

/**
 * Makes the whole index anew, telling after each batch how far it is. A running node helps along.
 * @param tell `about`: how many messages there are by Postgres' own statistics; null where it has none yet
 */
export async function rebuildIndex(
  deps: { database: Database; clock: Clock },
  tell: (report: FillingReport & { about: number | null }) => void,
): Promise<void> {
  const gramsOfWord = createWordMemory();
  await fillAnew(deps.database);
  const about = await estimateMessages(deps.database);
  for (let isDone = false; !isDone;) {
    const report = await fillBatch({ ...deps, index: postgresIndex, gramsOfWord });
    tell({ ...report, about });
    isDone = report.isDone;
  }
}

export { fillBatch, followMessages, type FillingReport } from './filling.ts';
export { createWordMemory } from './grams.ts';
export { postgresIndex } from './postgres-index.ts';
