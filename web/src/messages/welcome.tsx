import { PencilLine, UserPlus } from 'lucide';
import type { Room } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { PersonFace } from '../people/person-face.tsx';
import { openInvite } from '../rooms/invite-people.tsx';
import { openRoomSettings } from '../rooms/room-settings.tsx';
import { RoomSign } from '../rooms/room-sign.tsx';
import { othersIn } from '../rooms/room-title.ts';
import { AvatarStack } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import './welcome.css';

/** Where a room begins: what it is and what one can do first. */
export function Welcome({ room, title }: { room: Room; title: string }) {
  return room.kind === 'direct' ? <DirectWelcome room={room} title={title} /> : <NamedWelcome room={room} />;
}

function NamedWelcome({ room }: { room: Room }) {
  const app = useApp();
  const words = useWords().messages.welcome;
  const { client } = app;
  const isMember = client.state.rooms.has(room.id);
  return (
    <header class="welcome">
      <span class="welcome__sign">
        <RoomSign room={room} size={24} />
      </span>
      <h2>{room.name}</h2>
      <p>
        {room.kind === 'private' ? words.privateRoom : words.room} {room.description}
      </p>
      {isMember && room.archivedAt === null && (
        <div class="welcome__actions">
          <Button size="s" icon={UserPlus} onClick={() => openInvite(app, room)}>
            {words.addPeople}
          </Button>
          {room.description === '' && (
            <Button size="s" icon={PencilLine} onClick={() => openRoomSettings(app, room.id)}>
              {words.describe}
            </Button>
          )}
        </div>
      )}
    </header>
  );
}

function DirectWelcome({ room, title }: { room: Room; title: string }) {
  const { client } = useApp();
  const words = useWords().messages.welcome;
  const others = othersIn(client.state, room);
  const isAlone = others.length === 1 && others[0] === client.state.me?.userId;
  return (
    <header class="welcome">
      <span class="welcome__faces">
        <AvatarStack more={Math.max(0, others.length - 5)}>
          {others.slice(0, 5).map((id) => (
            <PersonFace key={id} userId={id} size={56} />
          ))}
        </AvatarStack>
      </span>
      <h2>{title}</h2>
      <p>{isAlone ? words.alone : others.length === 1 ? words.pair : words.group}</p>
    </header>
  );
}
