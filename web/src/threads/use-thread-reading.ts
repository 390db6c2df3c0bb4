import { useEffect } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import type { ThreadList } from './thread-list.ts';

/** Marks a thread as read while its end is in view and the window has the focus. */
export function useThreadReading(list: ThreadList, threadId: string, isAtEnd: boolean): void {
  const { client } = useApp();
  const ordinal = list.followed.value?.ordinal ?? 0;
  const isOpen = list.phase.value === 'open' && !list.hasAfter.value;
  useEffect(() => {
    const look = (): void => {
      if (isAtEnd && isOpen && document.hasFocus()) client.markThreadRead(threadId);
    };
    look();
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [isAtEnd, isOpen, ordinal]);
}
