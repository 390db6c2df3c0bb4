import { Bell, BellOff, CheckCheck, Info, Link, LogOut, Star, StarOff, Users, X } from 'lucide';
import type { Membership, MyRoom } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { roomPath } from '../app/routes.ts';
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import type { Anchor, Placement } from '../ui/popover.tsx';
import { confirmLeave } from './leave-room.tsx';
import { changePreferences, copyRoomLink } from './room-actions.ts';
import { standingOf } from './standing.ts';

type RoomMenuProps = { room: MyRoom; anchor: Anchor; placement?: Placement; onClose: () => void };

const levels: readonly { value: Membership['level']; label: string }[] = [
  { value: 'everything', label: 'Everything' },
  { value: 'mentions', label: 'Mentions and threads' },
  { value: 'nothing', label: 'Nothing' },
];

export function RoomMenu({ room, anchor, placement = 'bottom-start', onClose }: RoomMenuProps) {
  const app = useApp();
  const { client, router } = app;
  const { membership } = room;
  const { id, kind } = room.room;
  const isDirect = kind === 'direct';
  return (
    <Menu label="Room" anchor={anchor} placement={placement} onClose={onClose}>
      <MenuItem
        icon={CheckCheck}
        disabled={standingOf(client.state, room).unread === 0}
        onSelect={() => client.markRead(id)}
      >
        Mark as read
      </MenuItem>
      <MenuItem
        icon={membership.starred ? StarOff : Star}
        onSelect={() => changePreferences(app, id, { starred: !membership.starred })}
      >
        {membership.starred ? 'Remove star' : 'Star'}
      </MenuItem>
      <MenuItem
        icon={membership.muted ? Bell : BellOff}
        onSelect={() => changePreferences(app, id, { muted: !membership.muted })}
      >
        {membership.muted ? 'Unmute' : 'Mute'}
      </MenuItem>
      <MenuSeparator />
      <MenuGroup label="Notify me about">
        {levels.map(({ value, label }) => (
          <MenuChoice
            key={value}
            kind="radio"
            checked={membership.level === value}
            onSelect={() => changePreferences(app, id, { level: value })}
          >
            {label}
          </MenuChoice>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuItem icon={isDirect ? Users : Info} onSelect={() => router.go(`${roomPath(id)}?details=about`)}>
        Details
      </MenuItem>
      <MenuItem icon={Link} onSelect={() => void copyRoomLink(app, room.room)}>
        Copy link
      </MenuItem>
      <MenuItem icon={isDirect ? X : LogOut} danger={!isDirect} onSelect={() => confirmLeave(app, room)}>
        {isDirect ? 'Close conversation' : 'Leave room'}
      </MenuItem>
    </Menu>
  );
}
