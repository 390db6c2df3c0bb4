import type { Input, MyRoom, Room } from '@confab/protocol';
import type { App } from '../app/app-context.ts';
import { roomPath } from '../app/routes.ts';
import { copyText } from '../platform/index.ts';
import { signedTitleOf } from './room-title.ts';

/** What can be done with a room from several places. Refusals are told in a toast. */
export function changePreferences(
  { client, attempt }: App,
  roomId: string,
  changed: Omit<Input<'room.setPreferences'>, 'roomId'>,
): void {
  void attempt(client.call('room.setPreferences', { roomId, ...changed }));
}

export async function joinRoom(app: App, roomId: string): Promise<boolean> {
  return app.attempt(
    app.client.call('room.join', { roomId }).then(({ position }) => app.client.reached(position)),
  );
}

/** Leaving goes home when one is looking at the room. A direct room is only closed. */
export async function leaveRoom(app: App, { room }: MyRoom): Promise<void> {
  const title = signedTitleOf(app.client.state, room);
  const left = await app.attempt(app.client.call('room.leave', { roomId: room.id }));
  if (!left) return;
  const route = app.router.route.peek();
  if (route.name === 'room' && route.roomId === room.id) app.router.go('/', { replace: true });
  const words = app.words.value.rooms.leave;
  const text = room.kind === 'direct' ? words.closed(title) : words.left(title);
  app.ui.toasts.show({ text });
}

export async function copyRoomLink({ ui, words }: App, room: Room): Promise<void> {
  const done = await copyText(location.origin + roomPath(room.id));
  ui.toasts.show({ text: done ? words.value.rooms.copied : words.value.rooms.notCopied });
}
