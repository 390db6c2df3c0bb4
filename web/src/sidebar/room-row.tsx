import { useState } from 'preact/hooks';
import { useComputed } from '@preact/signals';
import { Pencil } from 'lucide';
import type { MyRoom } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { roomPath } from '../app/routes.ts';
import { useWords } from '../language/index.ts';
import { RoomMenu } from '../rooms/room-menu.tsx';
import { RoomSign } from '../rooms/room-sign.tsx';
import { standingOf } from '../rooms/standing.ts';
import { useMyRoom, useTitle } from '../rooms/use-room.ts';
import { Badge } from '../ui/badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { anchorAt, type Anchor } from '../ui/popover.tsx';
import { useIsHere } from './use-is-here.ts';

export function RoomRow({ roomId }: { roomId: string }) {
  const room = useMyRoom(roomId);
  return room === undefined ? null : <KnownRoomRow room={room} />;
}

function KnownRoomRow({ room }: { room: MyRoom }) {
  const words = useWords().sidebar;
  const { client, drafts } = useApp();
  const { id } = room.room;
  const title = useTitle(room.room);
  const isHere = useIsHere((route) => route.name === 'room' && route.roomId === id);
  const hasDraft = useComputed(() => drafts.rooms.value.has(id)).value;
  const [menu, setMenu] = useState<Anchor | null>(null);
  const { isUnread, badge, unread } = standingOf(client.state, room);
  return (
    <>
      <a
        class="side-row"
        href={roomPath(id)}
        aria-current={isHere ? 'page' : undefined}
        data-unread={isUnread}
        data-muted={room.membership.muted}
        onContextMenu={(event) => {
          event.preventDefault();
          const isKey = event.clientX === 0 && event.clientY === 0;
          setMenu(isKey ? event.currentTarget : anchorAt(event));
        }}
      >
        <RoomSign room={room.room} />
        <span class="side-row__name">{title}</span>
        {isUnread && <span class="visually-hidden">{badge > 0 ? '' : words.unreadCount(unread)}</span>}
        {hasDraft && !isHere && <Icon of={Pencil} size={14} class="side-row__pencil" label={words.draft} />}
        <Badge count={badge} label={words.mentionCount} />
      </a>
      {menu && <RoomMenu room={room} anchor={menu} onClose={() => setMenu(null)} />}
    </>
  );
}
