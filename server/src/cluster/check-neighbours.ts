import type { Tx } from '../platform/postgres/index.ts';
import { Problem } from '../platform/problem.ts';
import { areAdjacent } from './rules.ts';
import { knowsNodes, listNodes } from './store.ts';

/**
 * Throws a Problem when a living node runs a version that this one may not run beside. Asked before the database is
 * migrated: a node that does not fit must not change what the others work on.
 */
export async function checkNeighbours(tx: Tx, version: string): Promise<void> {
  if (!(await knowsNodes(tx))) return;
  const stranger = (await listNodes(tx)).find((node) => !areAdjacent(node.version, version));
  if (stranger === undefined) return;
  throw new Problem(
    `This is Confab ${version}, and node ${stranger.name} at ${stranger.address || 'an unknown address'} runs ${stranger.version}: only adjacent versions run side by side, so upgrade one minor version at a time, or stop the other nodes first.`,
  );
}
