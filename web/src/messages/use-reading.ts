import { useEffect } from 'preact/hooks';
import { useApp } from '../app/app-context.ts';
import type { RoomList } from './room-list.ts';

/**
 * Marks a room as read while its end is in view and the window has the focus. What comes while nobody looks gets the New
 * line before it. A room one is not in (null) is not read.
 */
export function useReading(list: RoomList, roomId: string | null): void {
  const { client, live } = useApp();
  const isAtEnd =
    !list.isHeldUnread.value && list.atEnd.value && !list.hasAfter.value && list.phase.value === 'open';
  if (roomId !== null) live.follow(`room:${roomId}`);
  const newest = roomId === null ? 0 : (client.state.rooms.get(roomId)?.counters.ordinal ?? 0);
  useEffect(() => {
    if (roomId === null) return undefined;
    const look = (): void => {
      if (isAtEnd && document.hasFocus()) client.markRead(roomId);
      else if (list.phase.peek() === 'open' && !list.isHeldUnread.peek()) list.placeNewLine();
    };
    look();
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [roomId, isAtEnd, newest]);
}
