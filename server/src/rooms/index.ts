/** Rooms and who is in them. Owns rooms and memberships. The doors decide who may see or change what. */
export { forMember, forReading, forWriting, type MemberRoom, type ReadableRoom } from './doors.ts';
export { findMyRooms, findPublicRooms } from './store.ts';
