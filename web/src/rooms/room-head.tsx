import { useState } from 'preact/hooks';
import { EllipsisVertical, Pin, Star, Users } from 'lucide';
import type { Room } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { StatusEmoji } from '../people/status-line.tsx';
import { usePerson, usePresence } from '../people/use-person.ts';
import { Tag } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { changePreferences } from './room-actions.ts';
import { RoomMenu } from './room-menu.tsx';
import { RoomSign } from './room-sign.tsx';
import { othersIn } from './room-title.ts';
import { openTopicDialog } from './room-settings.tsx';
import type { Belonging } from './use-room.ts';
import './room-head.css';

/** The room's name; opens what there is to know about it. */
export function RoomHeading({ room, title }: { room: Room; title: string }) {
  const words = useWords().rooms;
  const { client, router } = useApp();
  const [other] = room.kind === 'direct' ? othersIn(client.state, room) : [];
  const isPair = room.kind === 'direct' && room.people.length <= 2 && other !== undefined;
  return (
    <span class="room-heading">
      <button
        type="button"
        class="room-heading__button"
        onClick={() =>
          router.openPane(isPair ? { kind: 'profile', userId: other } : { kind: 'details', tab: 'about' })
        }
      >
        <RoomSign room={room} size={18} />
        <span class="room-heading__name">{title}</span>
        {isPair && <OtherStatus userId={other} />}
      </button>
      {room.archivedAt !== null && <Tag>{words.archived}</Tag>}
    </span>
  );
}

function OtherStatus({ userId }: { userId: string }) {
  return <StatusEmoji status={usePerson(userId)?.status ?? null} />;
}

/** One quiet line: the topic, or how the other one is. */
export function RoomNote({ room }: { room: Room }) {
  const words = useWords().rooms.head;
  const app = useApp();
  const [other] = room.kind === 'direct' ? othersIn(app.client.state, room) : [];
  if (room.topic !== '' || room.kind !== 'direct' || other === undefined || room.people.length > 2) {
    return (
      <button
        type="button"
        class="room-note"
        data-empty={room.topic === ''}
        data-tooltip={room.topic || undefined}
        onClick={() => openTopicDialog(app, room)}
      >
        {room.topic === '' ? words.setTopic : room.topic}
      </button>
    );
  }
  return <OtherNote userId={other} />;
}

function OtherNote({ userId }: { userId: string }) {
  const person = usePerson(userId);
  const presence = usePresence(userId);
  const names = useWords().people.presence;
  return <span class="room-note">{[names[presence], person?.title].filter(Boolean).join(' · ')}</span>;
}

export function RoomActions({ room, membership }: { room: Room; membership: Belonging | null }) {
  const app = useApp();
  const { client, router, time, ui } = app;
  const { head: words, members } = useWords().rooms;
  const mine = client.state.rooms.get(room.id);
  const [more, setMore] = useState<HTMLButtonElement | null>(null);
  const [open, setOpen] = useState(false);
  const phone = ui.device.phone.value;
  return (
    <>
      {room.kind !== 'direct' && (
        <button
          type="button"
          class="room-members"
          aria-label={members(room.memberCount)}
          data-tooltip={words.members}
          onClick={() => router.openPane({ kind: 'details', tab: 'members' })}
        >
          <Icon of={Users} size={17} />
          {time.value.count(room.memberCount)}
        </button>
      )}
      {!phone && (
        <IconButton
          label={words.pinned}
          icon={Pin}
          onClick={() => router.openPane({ kind: 'details', tab: 'pins' })}
        />
      )}
      {!phone && membership && (
        <IconButton
          label={membership.starred ? words.unstar : words.star}
          icon={Star}
          pressed={membership.starred}
          class="room-star"
          onClick={() => changePreferences(app, room.id, { starred: !membership.starred })}
        />
      )}
      {mine && (
        <IconButton
          ref={setMore}
          label={words.more}
          icon={EllipsisVertical}
          aria-haspopup="menu"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        />
      )}
      {open && more && mine && (
        <RoomMenu room={mine} anchor={more} placement="bottom-end" onClose={() => setOpen(false)} />
      )}
    </>
  );
}
