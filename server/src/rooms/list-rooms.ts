import { limits, type Input, type Output } from '@confab/protocol';
import { administers, type Caller } from '../kit/caller.ts';
import { cutPage, parseCursor } from '../kit/cursor.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Database, Tx } from '../platform/postgres/index.ts';
import { findUsers } from '../users/index.ts';
import { forReading } from './doors.ts';
import {
  listMembers,
  listNamed,
  listNamedRooms,
  listPublicRooms,
  type ListedRoom,
  type PageOf,
} from './list-store.ts';

interface Paged {
  readonly cursor?: string;
  readonly limit?: number;
}

function pageOf({ cursor, limit = limits.pageDefault }: Paged): PageOf & { limit: number } {
  const after = cursor === undefined ? null : parseCursor(cursor, ['text', 'number']);
  return { after, count: limit + 1, limit };
}

const keyOf = ({ sortName, room }: ListedRoom): string[] => [sortName, room.id];

/** Public rooms, by name. */
export async function browseRooms(
  tx: Tx,
  caller: Caller,
  input: Input<'room.browse'>,
): Promise<Output<'room.browse'>> {
  const page = pageOf(input);
  const { names, search, archived = false } = input;
  const rows = names
    ? await listNamedRooms(tx, caller.userId, { names: names.map(storable), ...page })
    : await listPublicRooms(tx, caller.userId, { search: search && storable(search), archived, ...page });
  const { rows: shown, next } = cutPage(rows, page.limit, keyOf);
  return { rooms: shown.map(({ room, joined }) => ({ room, joined })), next };
}

/** All rooms with a name, private ones too, for those who administer the workspace. @throws Refusal forbidden */
export async function listAllRooms(
  tx: Tx,
  caller: Caller,
  input: Input<'room.listAll'>,
): Promise<Output<'room.listAll'>> {
  if (!administers(caller)) throw new Refusal('forbidden', { needs: 'admin' });
  const page = pageOf(input);
  const search = input.search && storable(input.search);
  const rows = await listNamed(tx, caller.userId, { search, ...page });
  const { rows: shown, next } = cutPage(rows, page.limit, keyOf);
  return { rooms: shown.map(({ room }) => room), next };
}

/** Who is in a room, by name. @throws Refusal not_found */
export async function listRoomMembers(
  database: Database,
  caller: Caller,
  input: Input<'room.members'>,
): Promise<Output<'room.members'>> {
  const page = pageOf(input);
  return database.read(async (tx) => {
    const { room } = await forReading(tx, input.roomId, caller.userId);
    const search = input.search && storable(input.search);
    const rows = await listMembers(tx, room.id, { search, ...page });
    const { rows: shown, next } = cutPage(rows, page.limit, ({ sortName, member }) => [
      sortName,
      member.userId,
    ]);
    const members = shown.map(({ member }) => member);
    const users = await findUsers(
      tx,
      members.map((member) => member.userId),
    );
    return { members, users, next };
  });
}

/** Nothing is named so that Postgres cannot store it: without such characters a search finds the same. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
