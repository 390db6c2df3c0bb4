import type { Message } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import type { TimelineListHandle } from '../ui/timeline-list.tsx';
import { isTyping } from '../ui/roving-focus.ts';
import { openThreadOf } from './message-actions.ts';
import type { MessagesPlace } from './messages-context.ts';

/** Arrows walk through the messages, Home and End go to the ends of what is drawn; letters do something with the one that has the focus. */
export function useMessageKeys(
  place: MessagesPlace,
  scroller: { current: TimelineListHandle | null },
): (event: KeyboardEvent) => void {
  const app = useApp();

  function messageOf(row: HTMLElement): Message | null {
    const id = row.dataset['message'];
    return app.client.state.messages.get(place.room.id)?.held.get(id ?? '')?.message ?? null;
  }

  function act(key: string, row: HTMLElement): boolean {
    const message = messageOf(row);
    if (message === null || message.deletedAt !== null) return false;
    switch (key) {
      case 'r':
      case 't':
        if (place.threadId !== null) return false;
        openThreadOf(app, message);
        return true;
      case 'e':
        if (!place.mayWrite || message.authorId !== app.client.state.me?.userId) return false;
        place.editing.value = message.id;
        return true;
      case '+':
        row.querySelector<HTMLElement>('[data-react]')?.click();
        return place.mayWrite;
      default:
        return false;
    }
  }

  return (event) => {
    if (event.defaultPrevented || !(event.target instanceof HTMLElement) || isTyping(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const list = scroller.current?.element() ?? null;
    if (list === null) return;
    const row = event.target.closest<HTMLElement>('.message');
    const moved = nextRow(event.key, { list, row });
    if (moved) {
      moved.focus();
      moved.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Escape' && row) {
      place.focusComposer();
    } else if (!row || !act(event.key.toLowerCase(), row)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function nextRow(
  key: string,
  { list, row }: { list: HTMLElement; row: HTMLElement | null },
): HTMLElement | null {
  if (!/^(ArrowUp|ArrowDown|Home|End)$/.test(key)) return null;
  const rows = [...list.querySelectorAll<HTMLElement>('.message')];
  if (key === 'Home') return rows[0] ?? null;
  if (row === null || key === 'End') return rows.at(-1) ?? null;
  const index = rows.indexOf(row) + (key === 'ArrowUp' ? -1 : 1);
  return rows[index] ?? null;
}
