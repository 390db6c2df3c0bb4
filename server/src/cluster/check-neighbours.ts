import type { Tx } from '../platform/postgres/index.ts';
import { Problem } from '../platform/problem.ts';
import { areAdjacent } from './rules.ts';
import { joinInTurn, knowsNodes, listNodes } from './store.ts';

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

/**
 * Throws a Problem while any node lives: a migration that breaks is only for when nobody works on what it changes. Nodes
 * that are about to join wait for the transaction.
 */
export async function checkNobodyServes(tx: Tx, migration: string): Promise<void> {
  if (!(await knowsNodes(tx))) return;
  await joinInTurn(tx);
  const nodes = await listNodes(tx);
  if (nodes.length === 0) return;
  const names = nodes.map(({ name, version }) => `${name} (${version})`).join(', ');
  throw new Problem(
    `The migration ${migration} changes what running nodes rely on, and these run: ${names}. Stop them all, then start this one.`,
  );
}
