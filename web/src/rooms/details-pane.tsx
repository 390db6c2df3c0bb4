import { useState } from 'preact/hooks';
import { LogOut, Pencil, Pin, UserPlus } from 'lucide';
import type { Message, Room } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { lazy } from '../app/lazy.tsx';
import { ListOf } from '../app/list-states.tsx';
import { PaneFrame } from '../app/pane-frame.tsx';
import type { DetailsTab } from '../app/routes.ts';
import { usePages } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { MessageCard } from '../messages/message-card.tsx';
import { WrittenText } from '../messages/message-text.tsx';
import { PersonRow } from '../people/person-row.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { openInvite } from './invite-people.tsx';
import { confirmLeave } from './leave-room.tsx';
import { MembersTab } from './members-tab.tsx';
import { NoticeSettings } from './notice-level.tsx';
import { openRoomSettings } from './room-settings.tsx';
import { useMyRoom, useTitle } from './use-room.ts';
import './details-pane.css';

const FilesTab = lazy(async () => (await import('../files/files-tab.tsx')).FilesTab);

/** What there is to know about a room, beside it. */
export function DetailsPane({ room, tab }: { room: Room; tab: DetailsTab }) {
  const { router } = useApp();
  const { rooms, files } = useWords();
  const words = rooms.details;
  const title = useTitle(room);
  const tabs = [
    { id: 'about' as const, label: words.about },
    { id: 'members' as const, label: room.kind === 'direct' ? words.people : words.members },
    { id: 'files' as const, label: files.tab.title },
    { id: 'pins' as const, label: words.pins },
  ];
  return (
    <PaneFrame title={words.title} note={<bdi>{room.kind === 'direct' ? title : `#${room.name}`}</bdi>}>
      <div class="details">
        <Tabs
          label={words.title}
          tabs={tabs}
          value={tab}
          onValue={(id) => router.openPane({ kind: 'details', tab: id })}
        >
          {tab === 'about' && <AboutTab room={room} />}
          {tab === 'members' &&
            (room.kind === 'direct' ? <PeopleTab room={room} /> : <MembersTab room={room} />)}
          {tab === 'files' && <FilesTab room={room} />}
          {tab === 'pins' && <PinsTab room={room} />}
        </Tabs>
      </div>
    </PaneFrame>
  );
}

function AboutTab({ room }: { room: Room }) {
  const words = useWords().rooms.details;
  const app = useApp();
  const mine = useMyRoom(room.id);
  const mayChange = mine !== undefined;
  return (
    <div class="details__about">
      <section>
        <h3>{words.topic}</h3>
        {room.topic === '' ? <p class="details__none">{words.none}</p> : <p>{room.topic}</p>}
      </section>
      {room.kind !== 'direct' && (
        <section>
          <h3>{words.description}</h3>
          {room.description === '' ? (
            <p class="details__none">{words.none}</p>
          ) : (
            <WrittenText text={room.description} mentions={null} />
          )}
        </section>
      )}
      <section>
        <h3>{words.created}</h3>
        <p>{app.time.value.full(room.createdAt)}</p>
      </section>
      <NoticeSettings roomId={room.id} />
      {mayChange && room.kind !== 'direct' && (
        <div class="details__actions">
          <Button icon={Pencil} onClick={() => openRoomSettings(app, room.id)}>
            {words.settings}
          </Button>
          {room.archivedAt === null && (
            <Button icon={UserPlus} onClick={() => openInvite(app, room)}>
              {words.addPeople}
            </Button>
          )}
          <Button variant="danger-quiet" icon={LogOut} onClick={() => mine && confirmLeave(app, mine)}>
            {words.leave}
          </Button>
        </div>
      )}
    </div>
  );
}

function PeopleTab({ room }: { room: Room }) {
  const words = useWords().rooms.details;
  return (
    <ul class="details__people" aria-label={words.people}>
      {room.people.map((userId) => (
        <li key={userId}>
          <PersonRow userId={userId} />
        </li>
      ))}
    </ul>
  );
}

function PinsTab({ room }: { room: Room }) {
  const words = useWords().rooms.details;
  const { client, live } = useApp();
  const [question] = useState('');
  live.follow(`timeline:${room.id}`);
  const pages = usePages<Message>(question, async () => {
    const { messages } = await client.call('room.pins', { roomId: room.id });
    return { items: messages, next: null };
  });
  const held = client.state.messages.get(room.id)?.held;
  const shown = pages.items.filter(({ id }) => held?.get(id)?.message.pinnedAt !== null);
  return (
    <ListOf
      pages={{ ...pages, items: shown }}
      label={words.pinned}
      class="details__pins"
      render={(message) => (
        <li key={message.id}>
          <MessageCard message={message} />
        </li>
      )}
      empty={
        <EmptyState icon={Pin} title={words.noPins}>
          {words.noPinsNote}
        </EmptyState>
      }
    />
  );
}
