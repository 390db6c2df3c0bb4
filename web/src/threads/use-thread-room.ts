import { useEffect, useState } from 'preact/hooks';
import type { Room } from '@confab/protocol';
import { Refused } from '@confab/client';
import { useApp, type App } from '../app/app-context.ts';

/** The room a thread is in. Null while it is being found. */
export function useThreadRoom(threadId: string): Room | Refused | null {
  const app = useApp();
  const { client, live } = app;
  const [asked, setAsked] = useState<Room | Refused | null>(null);
  const known = knownRoomId(app, threadId);
  if (known !== null) live.follow(`room:${known}`);
  const room = client.state.rooms.get(known ?? '')?.room ?? null;
  useEffect(() => {
    if (room !== null) return undefined;
    let isGone = false;
    findRoom(app, threadId).then(
      (found) => isGone || setAsked(found),
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        if (!isGone) setAsked(error);
      },
    );
    return () => {
      isGone = true;
    };
  }, [threadId, room === null]);
  return room ?? asked;
}

function knownRoomId({ client, router }: App, threadId: string): string | null {
  const followed = client.state.threads.get(threadId)?.roomId;
  if (followed !== undefined) return followed;
  const route = router.route.peek();
  if (route.name !== 'room') return null;
  return client.state.messages.get(route.roomId)?.held.has(threadId) === true ? route.roomId : null;
}

async function findRoom({ client }: App, threadId: string): Promise<Room> {
  const { message } = await client.call('message.get', { messageId: threadId });
  const { room } = await client.call('room.get', { roomId: message.roomId });
  return room;
}
