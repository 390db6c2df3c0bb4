import { Hash, Lock, Megaphone } from 'lucide';
import type { Room } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { PersonFace } from '../people/person-face.tsx';
import { Icon } from '../ui/icon.tsx';
import { othersIn } from './room-title.ts';
import './room-sign.css';

/** The little sign before a room's name: what kind of room it is, or whose face. */
export function RoomSign({ room, size = 16 }: { room: Room; size?: number }) {
  const { client } = useApp();
  if (room.kind !== 'direct') {
    const icon = room.kind === 'private' ? Lock : room.posting === 'moderators' ? Megaphone : Hash;
    return (
      <span class="room-sign">
        <Icon of={icon} size={size} />
      </span>
    );
  }
  const others = othersIn(client.state, room);
  const [first] = others;
  if (others.length === 1 && first !== undefined) {
    return (
      <span class="room-sign">
        <PersonFace userId={first} size={size + 4} withPresence />
      </span>
    );
  }
  return (
    <span class="room-sign">
      <span class="room-sign__count">{others.length}</span>
    </span>
  );
}
