/** Reactions that were given or taken back here a moment ago: shown at once, let go of when they have arrived. */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Message, Reaction } from '@confab/protocol';
import type { Client } from '@confab/client';

/** By emoji: whether one's own is to be there. */
export type PendingReactions = ReadonlyMap<string, boolean>;

export interface ReactionOverlay {
  /** By id of the message; another map for every change. */
  readonly pending: ReadonlySignal<ReadonlyMap<string, PendingReactions>>;
  /** Rejects with `Refused`; then it is as it was before. */
  toggle(message: Message, emoji: string): Promise<void>;
}

export function createReactionOverlay(client: Pick<Client, 'call' | 'reached' | 'state'>): ReactionOverlay {
  const pending = signal<ReadonlyMap<string, PendingReactions>>(new Map());

  function change(messageId: string, emoji: string, on: boolean | null): void {
    const ofMessage = new Map(pending.peek().get(messageId));
    if (on === null) ofMessage.delete(emoji);
    else ofMessage.set(emoji, on);
    const all = new Map(pending.peek());
    if (ofMessage.size === 0) all.delete(messageId);
    else all.set(messageId, ofMessage);
    pending.value = all;
  }

  return {
    pending,
    async toggle(message, emoji) {
      const { id: messageId } = message;
      const ownId = client.state.me?.userId ?? '';
      const present = withPending(message.reactions, pending.peek().get(messageId), ownId);
      const on = !present.some((reaction) => reaction.emoji === emoji && reaction.userIds.includes(ownId));
      change(messageId, emoji, on);
      try {
        const { position } = await client.call(on ? 'reaction.add' : 'reaction.remove', { messageId, emoji });
        await client.reached(position);
      } finally {
        // Pressed again in the meantime, the later one is still on its way.
        if (pending.peek().get(messageId)?.get(emoji) === on) change(messageId, emoji, null);
      }
    },
  };
}

/** The same list when there is nothing to lay over it. */
export function withPending(
  reactions: readonly Reaction[],
  pending: PendingReactions | undefined,
  ownId: string,
): readonly Reaction[] {
  if (pending === undefined) return reactions;
  const changed = reactions.flatMap((reaction) => {
    const on = pending.get(reaction.emoji);
    if (on === undefined || on === reaction.userIds.includes(ownId)) return [reaction];
    const userIds = on ? [...reaction.userIds, ownId] : reaction.userIds.filter((id) => id !== ownId);
    return userIds.length > 0 ? [{ ...reaction, userIds }] : [];
  });
  const known = new Set(reactions.map(({ emoji }) => emoji));
  const fresh = [...pending].filter(([emoji, on]) => on && !known.has(emoji));
  return [...changed, ...fresh.map(([emoji]) => ({ emoji, userIds: [ownId] }))];
}
