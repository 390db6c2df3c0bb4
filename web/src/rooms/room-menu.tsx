import {
  ArrowDown,
  ArrowUp,
  Bell,
  BellOff,
  CheckCheck,
  FolderInput,
  Info,
  Link,
  LogOut,
  Star,
  StarOff,
  Users,
  X,
} from 'lucide';
import type { MyRoom } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { roomPath } from '../app/routes.ts';
import { useWords } from '../language/index.ts';
import { mayMoveRoom, moveRoom } from '../sidebar/arrange.ts';
import { openMoveDialog } from '../sidebar/move-dialog.tsx';
import { Menu, MenuChoice, MenuGroup, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import type { Anchor, Placement } from '../ui/popover.tsx';
import { confirmLeave } from './leave-room.tsx';
import { useNoticeLevels } from './notice-level.tsx';
import { changePreferences, copyRoomLink } from './room-actions.ts';
import { standingOf } from './standing.ts';

type RoomMenuProps = { room: MyRoom; anchor: Anchor; placement?: Placement; onClose: () => void };

export function RoomMenu({ room, anchor, placement = 'bottom-start', onClose }: RoomMenuProps) {
  const app = useApp();
  const { client, router } = app;
  const { menu: words, head } = useWords().rooms;
  const { membership } = room;
  const { id, kind } = room.room;
  const levels = useNoticeLevels();
  const isDirect = kind === 'direct';
  return (
    <Menu label={words.label} anchor={anchor} placement={placement} onClose={onClose}>
      <MenuItem
        icon={CheckCheck}
        disabled={standingOf(client.state, room).unread === 0}
        onSelect={() => client.markRead(id)}
      >
        {words.read}
      </MenuItem>
      <MenuItem
        icon={membership.starred ? StarOff : Star}
        onSelect={() => changePreferences(app, id, { starred: !membership.starred })}
      >
        {membership.starred ? head.unstar : head.star}
      </MenuItem>
      <MenuItem
        icon={membership.muted ? Bell : BellOff}
        onSelect={() => changePreferences(app, id, { muted: !membership.muted })}
      >
        {membership.muted ? words.unmute : words.mute}
      </MenuItem>
      <ArrangeItems roomId={id} />
      <MenuSeparator />
      <MenuGroup label={words.notify}>
        {levels.map(({ value, label, hint }) => (
          <MenuChoice
            key={value}
            kind="radio"
            checked={membership.level === value}
            {...(hint === undefined ? {} : { hint })}
            onSelect={() => changePreferences(app, id, { level: value })}
          >
            {label}
          </MenuChoice>
        ))}
      </MenuGroup>
      <MenuSeparator />
      <MenuItem icon={isDirect ? Users : Info} onSelect={() => router.go(`${roomPath(id)}?details=about`)}>
        {words.details}
      </MenuItem>
      <MenuItem icon={Link} onSelect={() => void copyRoomLink(app, room.room)}>
        {words.copyLink}
      </MenuItem>
      <MenuItem icon={isDirect ? X : LogOut} danger={!isDirect} onSelect={() => confirmLeave(app, room)}>
        {isDirect ? words.close : words.leave}
      </MenuItem>
    </Menu>
  );
}

/** Where the room stands in the sidebar: what dragging does, without a mouse. */
function ArrangeItems({ roomId }: { roomId: string }) {
  const app = useApp();
  const words = useWords().sidebar.arrange;
  return (
    <>
      <MenuItem icon={FolderInput} onSelect={() => openMoveDialog(app, roomId)}>
        {words.moveToSection}
      </MenuItem>
      {mayMoveRoom(app, roomId, -1) && (
        <MenuItem icon={ArrowUp} keys="Mod+Shift+ArrowUp" onSelect={() => moveRoom(app, roomId, -1)}>
          {words.moveUp}
        </MenuItem>
      )}
      {mayMoveRoom(app, roomId, 1) && (
        <MenuItem icon={ArrowDown} keys="Mod+Shift+ArrowDown" onSelect={() => moveRoom(app, roomId, 1)}>
          {words.moveDown}
        </MenuItem>
      )}
    </>
  );
}
