import { useApp } from '../app/app-context.ts';
import { roomPath } from '../app/routes.ts';

/** A room named in a message. Shows its present name where that is known. */
export function RoomLink({ roomId, name }: { roomId: string; name: string }) {
  const { client, live } = useApp();
  live.follow(`room:${roomId}`);
  return (
    <a class="mention" href={roomPath(roomId)}>
      #{client.state.rooms.get(roomId)?.room.name ?? name}
    </a>
  );
}
