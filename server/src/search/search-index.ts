/**
 * The port: whatever keeps entries and finds them again. Postgres does (postgres-index.ts); an engine of its own would
 * have to answer for the rooms of the person at the moment of asking, too.
 */
import type { Tx } from '../platform/postgres/index.ts';
import type { Entry, Written } from './entry.ts';
import type { Term } from './parse-query.ts';

/** What may come to a message and go again. */
export type Mark = 'reaction' | 'pin' | 'saved';

/** A query with everything named in it found. Lists are empty where nothing was asked. */
export interface Wish {
  readonly terms: readonly Term[];
  readonly authors: readonly string[];
  readonly notAuthors: readonly string[];
  readonly rooms: readonly string[];
  readonly notRooms: readonly string[];
  /** Mentioned, or written to in a conversation. */
  readonly addressees: readonly string[];
  readonly notAddressees: readonly string[];
  readonly written: readonly Written[];
  readonly notWritten: readonly Written[];
  readonly marked: readonly Mark[];
  readonly notMarked: readonly Mark[];
  readonly from: Date | null;
  readonly before: Date | null;
}

export interface Candidate {
  readonly messageId: string;
  readonly folded: string;
}

export interface SearchIndex {
  /** Puts in or replaces. */
  put(tx: Tx, entries: readonly Entry[]): Promise<void>;
  remove(tx: Tx, messageIds: readonly string[]): Promise<void>;
  /** Sorts in what waits; called when no more is about to come. */
  settle(tx: Tx): Promise<void>;
  /** The newest matches that this person may read now, newest first; `below`: older than this message. */
  find(
    tx: Tx,
    wish: Wish,
    page: { userId: string; below: string | null; count: number },
  ): Promise<Candidate[]>;
}
