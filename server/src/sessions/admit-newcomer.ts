import type { User } from '@confab/protocol';
import { roomStream, workspaceStream, type Appender, type StreamRef } from '../delivery/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { addToDefaultRooms, defaultRoomIds } from '../rooms/index.ts';
import { admitUser } from '../users/index.ts';

/** The rooms newcomers are put into at this moment, and the streams that admitting one appends to. */
export async function prepareAdmission(
  tx: Tx,
): Promise<{ roomIds: string[]; streams: readonly StreamRef[] }> {
  const roomIds = await defaultRoomIds(tx);
  return { roomIds, streams: [...roomIds.map(roomStream), workspaceStream] };
}

/**
 * Makes a person and puts them into the rooms that are for everyone. The streams of `prepareAdmission` are locked.
 * @throws Refusal taken
 */
export async function admitNewcomer(
  tx: Tx,
  log: Appender,
  newcomer: Parameters<typeof admitUser>[2] & { readonly roomIds: readonly string[] },
): Promise<User> {
  const { roomIds, ...person } = newcomer;
  const user = await admitUser(tx, log, person);
  await addToDefaultRooms(tx, log, { userId: user.id, roomIds });
  return user;
}
