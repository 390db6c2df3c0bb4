import { useState } from 'preact/hooks';
import { Check, Compass, Plus, Search } from 'lucide';
import type { Room } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import { MainFrame } from '../app/main-frame.tsx';
import { roomPath } from '../app/routes.ts';
import { usePages } from '../app/use-pages.ts';
import { Tag } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Switch } from '../ui/choice.tsx';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { openCreateRoom } from './create-room.tsx';
import { joinRoom } from './room-actions.ts';
import { RoomSign } from './room-sign.tsx';
import './browse.css';

type Found = { room: Room; joined: boolean };

/** All public rooms: to look into, to join. */
export function BrowsePage() {
  const app = useApp();
  const { client, live } = app;
  const [search, setSearch] = useState('');
  const [archived, setArchived] = useState(false);
  live.follow('rooms');
  const pages = usePages<Found>(`${archived}${search.trim()}`, async (cursor) => {
    const { rooms, next } = await client.call('room.browse', {
      ...(search.trim() === '' ? {} : { search: search.trim().replace(/^#/, '') }),
      ...(archived ? { archived } : {}),
      ...(cursor === null ? {} : { cursor }),
    });
    return { items: rooms, next };
  });
  const create = (
    <Button variant="primary" icon={Plus} onClick={() => openCreateRoom(app, search)}>
      Create a room
    </Button>
  );
  return (
    <MainFrame title="Browse rooms" actions={create} focusHeading={false}>
      <div class="main-frame__scroll">
        <div class="browse">
          <TextField
            label="Search rooms"
            hideLabel
            type="search"
            icon={Search}
            placeholder="Search by name or topic"
            autoFocus={!app.ui.device.touch.peek()}
            value={search}
            onText={setSearch}
          />
          <Switch label="Show archived rooms" checked={archived} onChecked={setArchived} />
          <ListOf
            pages={pages}
            label="Rooms"
            class="browse__list"
            render={(found) => <BrowseRow key={found.room.id} {...found} />}
            empty={<NothingFound search={search} archived={archived} />}
          />
        </div>
      </div>
    </MainFrame>
  );
}

function NothingFound({ search, archived }: { search: string; archived: boolean }) {
  const app = useApp();
  if (archived) return <EmptyState icon={Compass} title="No archived rooms" />;
  if (search.trim() === '') {
    return (
      <EmptyState icon={Compass} title="No public rooms yet">
        Create the first one, for everyone to find.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Compass}
      title={`No room called “${search.trim()}”`}
      actions={<Button onClick={() => openCreateRoom(app, search)}>Create it</Button>}
    >
      Private rooms are not listed here; ask somebody in one to invite you.
    </EmptyState>
  );
}

function BrowseRow({ room, joined }: Found) {
  const app = useApp();
  const [busy, setBusy] = useState(false);
  const isIn = joined || app.client.state.rooms.has(room.id);
  const join = async (): Promise<void> => {
    setBusy(true);
    const done = await joinRoom(app, room.id);
    setBusy(false);
    if (done) app.router.go(roomPath(room.id));
  };
  return (
    <li class="browse__row">
      <a class="browse__link" href={roomPath(room.id)}>
        <span class="browse__name">
          <RoomSign room={room} />
          {room.name}
          {room.archivedAt !== null && <Tag>Archived</Tag>}
        </span>
        <span class="browse__note">
          {isIn && (
            <span class="browse__in">
              <Icon of={Check} size={14} /> Joined
            </span>
          )}
          <span>
            {room.memberCount === 1 ? '1 member' : `${app.time.value.count(room.memberCount)} members`}
          </span>
          {(room.topic || room.description) && (
            <span class="browse__topic">{room.topic || room.description}</span>
          )}
        </span>
      </a>
      {!isIn && room.archivedAt === null && (
        <Button busy={busy} onClick={() => void join()} aria-label={`Join ${room.name}`}>
          Join
        </Button>
      )}
    </li>
  );
}
