import type { Database, Haste, Tx } from './index.ts';

/**
 * For statements on which many people wait, that are quick and that may be repeated. A connection that died without a
 * word would keep them for as long as the pool allows its slowest statement; a lost replica holds a commit up for less
 * (quorum).
 */
export const haste: Required<Haste> = { withinMs: 6_000 };

/** The database for such statements alone. */
export function inHaste(database: Database): Tx {
  return { rows: (query) => database.rows(query, haste) };
}
