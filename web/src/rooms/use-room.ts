import { useRef } from 'preact/hooks';
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

/** What of a membership decides how a room is drawn; what was read is not in it. */
export type Belonging = Pick<Membership, 'role' | 'starred'>;

/** A room one is in, drawn anew only when it or one's place in it changes: not for every message. */
export function useBelonging(roomId: string): { room: Room; belonging: Belonging } | null {
  const { client, live } = useApp();
  const last = useRef<Belonging | null>(null);
  const room = useComputed(() => {
    live.follow(`room:${roomId}`);
    return client.state.rooms.get(roomId)?.room ?? null;
  }).value;
  const belonging = useComputed(() => {
    live.follow(`room:${roomId}`);
    const membership = client.state.rooms.get(roomId)?.membership;
    if (!membership) return null;
    const { role, starred } = membership;
    if (last.current?.role !== role || last.current.starred !== starred) last.current = { role, starred };
    return last.current;
  }).value;
  return room && belonging ? { room, belonging } : null;
}

/** What a room is called, also when its people are renamed. */
export function useTitle(room: Room): string {
  const { client, live } = useApp();
  if (room.kind === 'direct') for (const id of othersIn(client.state, room)) live.follow(`user:${id}`);
  return titleOf(client.state, room);
}
