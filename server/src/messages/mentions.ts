import type { Mentions } from '@confab/protocol';
import type { Tx } from '../platform/postgres/index.ts';
import { findPublicRooms } from '../rooms/index.ts';
import { findHandles } from '../users/index.ts';

/** What a text refers to, as `extractReferences` finds it. */
interface References {
  handles: readonly string[];
  rooms: readonly string[];
  all: boolean;
  here: boolean;
}

/** What names in a text stand for now; null when it refers to nothing that exists. */
export async function resolveMentions(tx: Tx, references: References): Promise<Mentions | null> {
  const { handles, rooms, all, here } = references;
  if (handles.length === 0 && rooms.length === 0 && !all && !here) return null;
  const [users, publicRooms] = await Promise.all([findHandles(tx, handles), findPublicRooms(tx, rooms)]);
  if (users.size === 0 && publicRooms.size === 0 && !all && !here) return null;
  return { users: Object.fromEntries(users), rooms: Object.fromEntries(publicRooms), all, here };
}
