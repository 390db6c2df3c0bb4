import { useEffect } from 'preact/hooks';
import { useComputed } from '@preact/signals';
import { isText } from '../platform/index.ts';
import { useApp, type App } from './app-context.ts';
import { roomPath } from './routes.ts';

/** Beside a sidebar the main column is never empty: home leads to where one was last, or to the first room there is. */
export function useFirstRoom(): void {
  const app = useApp();
  const { router } = app;
  const first = useComputed(() => whereToGo(app)).value;
  useEffect(() => {
    if (first !== null) router.go(first, { replace: true });
  }, [first]);
}

/** Null where one may stay. */
function whereToGo(app: App): string | null {
  const { live, router, ui } = app;
  if (router.route.value.name !== 'home' || ui.device.phone.value) return null;
  live.follow('ready');
  live.follow('rooms');
  return firstRoom(app);
}

function firstRoom({ client, memory }: App): string | null {
  const { rooms, positions } = client.state;
  const last = memory.read('last-room', isText);
  if (last !== null && rooms.has(last)) return roomPath(last);
  const open = [...rooms.values()].filter(({ room }) => room.archivedAt === null);
  const first = open.find(({ room }) => room.isDefault) ?? open[0];
  if (first) return roomPath(first.room.id);
  return positions === null ? null : '/browse';
}
