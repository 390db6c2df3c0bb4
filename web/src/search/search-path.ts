import type { App } from '../app/app-context.ts';
import { quoted } from './suggest.ts';

export function searchPath(query: string): string {
  return query === '' ? '/search' : `/search/${encodeURIComponent(query)}`;
}

/** Search within the room one is looking at; everywhere when one is elsewhere. */
export function searchHerePath({ client, router }: App): string {
  const route = router.route.peek();
  const room = route.name === 'room' ? client.state.rooms.get(route.roomId)?.room : undefined;
  return room === undefined || room.kind === 'direct' ? '/search' : searchPath(`in:${quoted(room.name)} `);
}
