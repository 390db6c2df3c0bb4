import { calls, type CallName } from '@confab/protocol';

/** Ends what is there, or begins what may be there already, and says the same when it was so before. */
const alsoRepeatable: ReadonlySet<CallName> = new Set<CallName>([
  'room.join',
  'room.openDirect',
  'file.finish',
  'file.delete',
  'message.unpin',
  'message.unsave',
  'reaction.remove',
  'thread.unfollow',
]);
/** By its form it is, but the second time what it asks of the state before is no longer so. */
const notRepeatable: ReadonlySet<CallName> = new Set<CallName>(['message.edit', 'password.change']);

/**
 * Whether a call may be carried out once more when nobody knows whether it was: a query, what carries an id made by the
 * client, and what sets something to a value.
 */
export function isRepeatable(name: CallName): boolean {
  const { kind, http, input } = calls[name];
  if (notRepeatable.has(name)) return false;
  if (kind === 'query' || alsoRepeatable.has(name)) return true;
  return 'clientId' in input.properties || http.startsWith('PUT ') || http.startsWith('PATCH ');
}
