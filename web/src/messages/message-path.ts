import type { Message } from '@confab/protocol';
import { roomPath } from '../app/routes.ts';

/** The permalink: a reply that is only in its thread is reached by the thread. */
export function messagePath({ roomId, id, ordinal, threadId }: Message): string {
  if (ordinal !== null || threadId === null) return roomPath(roomId, id);
  return `${roomPath(roomId, threadId)}?thread=${threadId}`;
}
