import { useState } from 'preact/hooks';
import { Archive, ArchiveRestore, Ellipsis, Hash, MessageCircle, Search } from 'lucide';
import type { Room } from '@confab/protocol';
import { useApp, type App } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import { roomPath } from '../app/routes.ts';
import { usePages } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { RoomSign } from '../rooms/room-sign.tsx';
import { useAgainWhenLive } from '../settings/use-whole-list.ts';
import { Tag } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextField } from '../ui/field.tsx';
import { MenuButton, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import './rooms-section.css';

/** All rooms but conversations. Private ones are only named: what is in them is their members'. */
export function RoomsSection() {
  const { client } = useApp();
  const words = useWords().admin.rooms;
  const [search, setSearch] = useState('');
  const wanted = search.trim().replace(/^#/, '');
  const rooms = usePages<Room>(wanted, async (cursor) => {
    const page = await client.call('room.listAll', {
      ...(wanted === '' ? {} : { search: wanted }),
      ...(cursor === null ? {} : { cursor }),
    });
    return { items: page.rooms, next: page.next };
  });
  useAgainWhenLive(rooms);
  const onChanged = (changed: Room): void =>
    rooms.change((items) => items.map((room) => (room.id === changed.id ? changed : room)));
  return (
    <div class="admin-list">
      <TextField
        label={words.search}
        hideLabel
        type="search"
        icon={Search}
        placeholder={words.searchHint}
        value={search}
        onText={setSearch}
      />
      <ListOf
        pages={rooms}
        label={words.list}
        class="rows"
        render={(room) => <RoomRow key={room.id} room={room} onChanged={onChanged} />}
        empty={<EmptyState icon={Hash} title={wanted === '' ? words.none : words.noneFound(wanted)} />}
      />
    </div>
  );
}

function RoomRow({ room, onChanged }: { room: Room; onChanged: (room: Room) => void }) {
  const { client, live } = useApp();
  const words = useWords().admin.rooms;
  live.follow('rooms');
  const isIn = client.state.rooms.has(room.id);
  const isOpen = room.kind === 'public' || isIn;
  const notes = [words.members(room.memberCount), room.topic, isOpen ? '' : words.closed];
  return (
    <li>
      <span class="rows__icon">
        <RoomSign room={room} size={18} />
      </span>
      <span class="rows__words">
        <span class="rows__name">
          {isOpen ? (
            <a class="room-row__link" href={roomPath(room.id)}>
              {room.name}
            </a>
          ) : (
            room.name
          )}
          {room.kind === 'private' && <Tag>{words.private}</Tag>}
          {room.isDefault && <Tag tone="accent">{words.forNewcomers}</Tag>}
          {room.archivedAt !== null && <Tag tone="warning">{words.archived}</Tag>}
        </span>
        <span class="rows__note room-row__note">{notes.filter((note) => note !== '').join(' · ')}</span>
      </span>
      {isOpen && <RoomMenu room={room} onChanged={onChanged} />}
    </li>
  );
}

function RoomMenu({ room, onChanged }: { room: Room; onChanged: (room: Room) => void }) {
  const app = useApp();
  const { actionsFor, rooms: words, whatToDo } = useWords().admin;
  const isArchived = room.archivedAt !== null;
  const change = (archived: boolean): Promise<boolean> =>
    app.attempt(
      app.client.call('room.change', { roomId: room.id, archived }).then((made) => onChanged(made.room)),
    );
  return (
    <MenuButton
      label={whatToDo(room.name)}
      placement="bottom-end"
      trigger={(trigger) => <IconButton {...trigger} label={actionsFor(room.name)} icon={Ellipsis} />}
    >
      <MenuItem icon={MessageCircle} onSelect={() => app.router.go(roomPath(room.id))}>
        {words.open}
      </MenuItem>
      <MenuSeparator />
      {isArchived ? (
        <MenuItem icon={ArchiveRestore} onSelect={() => void change(false)}>
          {words.bringBack}
        </MenuItem>
      ) : (
        <MenuItem icon={Archive} danger onSelect={() => askArchive(app, room, () => change(true))}>
          {words.archive}
        </MenuItem>
      )}
    </MenuButton>
  );
}

function askArchive(app: App, room: Room, archive: () => Promise<boolean>): void {
  const words = app.words.value.admin.rooms;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={words.archiveTitle(room.name)}
      confirmLabel={words.archiveRoom}
      danger
      onConfirm={async () => void (await archive())}
      onClose={close}
    >
      {words.archiveNote}
    </ConfirmDialog>
  ));
}
