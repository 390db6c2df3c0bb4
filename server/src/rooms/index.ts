/**
 * Rooms and who is in them. Owns rooms and memberships. The doors decide who may see or change what.
 * Promises that a room with members has an owner, and that both sides of a membership are told of every change.
 * Refuses to know what is written in rooms.
 */
import type { Handlers } from '../kit/handlers.ts';
import type { EventLog } from '../delivery/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { changeRoom } from './change-room.ts';
import { createRoom } from './create-room.ts';
import { forReading } from './doors.ts';
import { inviteMembers } from './invite-members.ts';
import { joinRoom } from './join-room.ts';
import { leaveRoom } from './leave-room.ts';
import { browseRooms, listAllRooms, listRoomMembers } from './list-rooms.ts';
import { openDirect } from './open-direct.ts';
import { removeMember } from './remove-member.ts';
import { setMemberRole } from './set-member-role.ts';
import { setPreferences } from './set-preferences.ts';
import { findMyRooms } from './store.ts';

export type RoomHandlers = Handlers<
  | 'room.create'
  | 'room.openDirect'
  | 'room.get'
  | 'room.mine'
  | 'room.browse'
  | 'room.listAll'
  | 'room.members'
  | 'room.join'
  | 'room.leave'
  | 'room.invite'
  | 'room.removeMember'
  | 'room.setMemberRole'
  | 'room.change'
  | 'room.setPreferences'
>;

export function createRooms(deps: { database: Database; log: EventLog }): { handlers: RoomHandlers } {
  const { database } = deps;
  return {
    handlers: {
      'room.create': (caller, input) => createRoom(deps, caller, input),
      'room.openDirect': (caller, input) => openDirect(deps, caller, input),
      'room.get': async (caller, input) => {
        const { room, membership, counters } = await forReading(database, input.roomId, caller.userId);
        return { room, membership, counters: membership && counters };
      },
      'room.mine': async (caller) => ({ rooms: await findMyRooms(database, caller.userId) }),
      'room.browse': (caller, input) => browseRooms(database, caller, input),
      'room.listAll': (caller, input) => listAllRooms(database, caller, input),
      'room.members': (caller, input) => listRoomMembers(database, caller, input),
      'room.join': (caller, input) => joinRoom(deps, caller, input),
      'room.leave': (caller, input) => leaveRoom(deps, caller, input),
      'room.invite': (caller, input) => inviteMembers(deps, caller, input),
      'room.removeMember': (caller, input) => removeMember(deps, caller, input),
      'room.setMemberRole': (caller, input) => setMemberRole(deps, caller, input),
      'room.change': (caller, input) => changeRoom(deps, caller, input),
      'room.setPreferences': (caller, input) => setPreferences(deps, caller, input),
    },
  };
}

export { addToDefaultRooms, createDefaultRooms } from './default-rooms.ts';
export {
  forMember,
  forReading,
  forWriting,
  headsForReading,
  type MemberRoom,
  type ReadableHead,
  type ReadableRoom,
} from './doors.ts';
export { membersAmong, roomsAmong } from './member-store.ts';
export { mayModerate, mayPost, standingIn, type Standing } from './rules.ts';
export {
  countRooms,
  findDefaultRooms as defaultRoomIds,
  findMyRooms,
  findPublicRooms,
  roomColumns,
  unreadMentions,
} from './store.ts';
export { roomView, type RoomRow } from './views.ts';
