import { useComputed } from '@preact/signals';
import type { Membership, MyRoom, Room } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { othersIn, titleOf } from './room-title.ts';

/** A room one is in, kept up to date. */
export function useMyRoom(roomId: string): MyRoom | undefined {
  const { client, live } = useApp();
  live.follow(`room:${roomId}`);
  return client.state.rooms.get(roomId);
}

/** What everybody sees of a room one is in, and one's own membership: not drawn anew for every message. */
export function useRoomAndMembership(roomId: string): { room: Room; membership: Membership } | null {
  const { client, live } = useApp();
  const room = useComputed(() => {
    live.follow(`room:${roomId}`);
    return client.state.rooms.get(roomId)?.room ?? null;
  }).value;
  const membership = useComputed(() => {
    live.follow(`room:${roomId}`);
    return client.state.rooms.get(roomId)?.membership ?? null;
  }).value;
  return room && membership ? { room, membership } : null;
}

/** What a room is called, also when its people are renamed. */
export function useTitle(room: Room): string {
  const { client, live } = useApp();
  if (room.kind === 'direct') for (const id of othersIn(client.state, room)) live.follow(`user:${id}`);
  return titleOf(client.state, room);
}
