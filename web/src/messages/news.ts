import type { Message } from '@confab/protocol';
import type { TimelineItem } from './timeline-items.ts';

/** The row after which news come; what one is sending oneself stays below them until it has arrived. */
export function lastArrived(items: readonly TimelineItem[]): string | undefined {
  return items.findLast(({ kind }) => kind === 'message')?.key;
}

/**
 * What others wrote below the row that was the last one; one's own is no news. Nothing when that row is gone: then another
 * stretch is shown.
 */
export function newsBelow(
  items: readonly TimelineItem[],
  lastKey: string | undefined,
  ownId: string,
): Message[] {
  const index = items.findLastIndex(({ key }) => key === lastKey);
  if (index === -1) return [];
  return items.slice(index + 1).flatMap((item) => {
    if (item.kind !== 'message' || item.message.authorId === ownId) return [];
    return item.message.deletedAt === null ? [item.message] : [];
  });
}
