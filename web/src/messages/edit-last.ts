import { effect, type ReadonlySignal, type Signal } from '@preact/signals';
import type { TimelineItem } from './timeline-items.ts';

/**
 * Opens the newest of one's own messages for editing. One that is still on its way is opened when it has arrived, unless
 * it fails, or by then something else is edited or written.
 */
export function editLast(deps: {
  items: ReadonlySignal<readonly TimelineItem[]>;
  ownId: string;
  /** The id of the message that is being edited. */
  editing: Signal<string | null>;
  /** Whether the field is still empty. */
  isIdle: () => boolean;
}): void {
  const { items, ownId, editing } = deps;
  const last = items.peek().findLast((item) => isEditable(item, ownId));
  if (last === undefined) return;
  const wait: { stop?: () => void } = {};
  let isOver = false;
  wait.stop = effect(() => {
    const item = items.value.find(({ key }) => key === last.key);
    if (item?.kind === 'underway' && item.underway.status !== 'failed' && deps.isIdle()) return;
    isOver = true;
    wait.stop?.();
    if (item?.kind === 'message' && editing.peek() === null && deps.isIdle()) editing.value = item.message.id;
  });
  if (isOver) wait.stop();
}

function isEditable(item: TimelineItem, ownId: string): boolean {
  if (item.kind === 'underway') return item.underway.status !== 'failed';
  return item.message.authorId === ownId && item.message.deletedAt === null;
}
