import { useState } from 'preact/hooks';
import { Check, Compass, Plus, Search } from 'lucide';
import type { Room } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { HeadButton } from '../app/head-button.tsx';
import { ListOf } from '../app/list-states.tsx';
import { MainFrame } from '../app/main-frame.tsx';
import { roomPath } from '../app/routes.ts';
import { usePages } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
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
  const words = useWords().rooms.browse;
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
    <HeadButton variant="primary" icon={Plus} onClick={() => openCreateRoom(app, search)}>
      {words.create}
    </HeadButton>
  );
  return (
    <MainFrame title={words.title} actions={create} focusHeading={false}>
      <div class="main-frame__scroll">
        <div class="browse">
          <TextField
            label={words.search}
            hideLabel
            type="search"
            icon={Search}
            placeholder={words.placeholder}
            autoFocus={!app.ui.device.touch.peek()}
            value={search}
            onText={setSearch}
          />
          <Switch label={words.archived} checked={archived} onChecked={setArchived} />
          <ListOf
            pages={pages}
            label={words.list}
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
  const words = useWords().rooms.browse;
  if (archived) return <EmptyState icon={Compass} title={words.noArchived} />;
  if (search.trim() === '') {
    return (
      <EmptyState icon={Compass} title={words.none}>
        {words.noneNote}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Compass}
      title={words.notFound(search.trim())}
      actions={<Button onClick={() => openCreateRoom(app, search)}>{words.createIt}</Button>}
    >
      {words.notFoundNote}
    </EmptyState>
  );
}

function BrowseRow({ room, joined }: Found) {
  const app = useApp();
  const { browse: words, archived, members } = useWords().rooms;
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
          {room.archivedAt !== null && <Tag>{archived}</Tag>}
        </span>
        <span class="browse__note">
          {isIn && (
            <span class="browse__in">
              <Icon of={Check} size={14} /> {words.joined}
            </span>
          )}
          <span>{members(room.memberCount)}</span>
          {(room.topic || room.description) && (
            <span class="browse__topic">{room.topic || room.description}</span>
          )}
        </span>
      </a>
      {!isIn && room.archivedAt === null && (
        <Button busy={busy} onClick={() => void join()} aria-label={words.joinRoom(room.name)}>
          {words.join}
        </Button>
      )}
    </li>
  );
}
