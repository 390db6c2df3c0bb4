import { useEffect } from 'preact/hooks';
import { effect, untracked } from '@preact/signals';
import { useApp } from '../app/app-context.ts';
import type { RoomList } from './room-list.ts';

/**
 * Marks a room as read while its end is in view and the window has the focus. What comes while nobody looks gets the New
 * line before it. A room one is not in (null) is not read.
 */
export function useReading(list: RoomList, roomId: string | null): void {
  const { client, live } = useApp();
  useEffect(() => {
    if (roomId === null) return undefined;
    const look = (): void => {
      if (list.isHeldUnread.peek() || list.phase.peek() !== 'open') return;
      if (document.hasFocus() && list.atEnd.peek() && !list.hasAfter.peek()) client.markRead(roomId);
      else list.placeNewLine();
    };
    const stop = effect(() => {
      live.follow(`room:${roomId}`);
      const seen = [list.isHeldUnread.value, list.phase.value, list.atEnd.value, list.hasAfter.value];
      if (seen.length > 0) untracked(look);
    });
    window.addEventListener('focus', look);
    return () => {
      stop();
      window.removeEventListener('focus', look);
    };
  }, [roomId]);
}
