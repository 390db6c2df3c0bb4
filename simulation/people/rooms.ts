/** Rooms: made, joined, left, renamed, closed to the world and opened again; and people's own settings. */
import { ask, someRoom, someoneElse, type Action } from './actor.ts';

export const roomActions = {
  create(actor) {
    const n = actor.count();
    const kind = actor.choices.chance(0.5) ? 'public' : 'private';
    ask(actor, 'room.create', { clientId: `simulated-${n}`, kind, name: `room-${n}` });
  },
  openDirect(actor) {
    ask(actor, 'room.openDirect', { userIds: [someoneElse(actor)] });
  },
  join(actor) {
    const roomId = actor.choices.pick(actor.knownRooms());
    if (roomId !== undefined) ask(actor, 'room.join', { roomId });
  },
  leave(actor) {
    const room = someRoom(actor);
    if (room) ask(actor, 'room.leave', { roomId: room.room.id });
  },
  invite(actor) {
    const room = someRoom(actor);
    if (room) ask(actor, 'room.invite', { roomId: room.room.id, userIds: [someoneElse(actor)] });
  },
  remove(actor) {
    const room = someRoom(actor);
    if (room) ask(actor, 'room.removeMember', { roomId: room.room.id, userId: someoneElse(actor) });
  },
  role(actor) {
    const room = someRoom(actor);
    const role = actor.choices.pick(['owner', 'moderator', 'member'] as const) ?? 'member';
    if (room) ask(actor, 'room.setMemberRole', { roomId: room.room.id, userId: someoneElse(actor), role });
  },
  rename(actor) {
    const room = someRoom(actor);
    if (room) ask(actor, 'room.change', { roomId: room.room.id, name: `room-${actor.count()}` });
  },
  topic(actor) {
    const room = someRoom(actor);
    if (room) ask(actor, 'room.change', { roomId: room.room.id, topic: `topic ${actor.count()}` });
  },
  turn(actor) {
    const room = someRoom(actor);
    if (!room || room.room.kind === 'direct') return;
    ask(actor, 'room.change', {
      roomId: room.room.id,
      kind: room.room.kind === 'public' ? 'private' : 'public',
    });
  },
  posting(actor) {
    const room = someRoom(actor);
    const posting = actor.choices.chance(0.3) ? 'moderators' : 'everyone';
    if (room) ask(actor, 'room.change', { roomId: room.room.id, posting });
  },
  archive(actor) {
    const room = someRoom(actor);
    if (room) ask(actor, 'room.change', { roomId: room.room.id, archived: room.room.archivedAt === null });
  },
  preferences(actor) {
    const room = someRoom(actor);
    const level = actor.choices.pick(['everything', 'mentions', 'nothing'] as const) ?? 'mentions';
    const starred = actor.choices.chance(0.5);
    if (room) ask(actor, 'room.setPreferences', { roomId: room.room.id, starred, level });
  },
  profile(actor) {
    ask(actor, 'user.changeProfile', { name: `Name ${actor.count()}` });
  },
  status(actor) {
    const text = `busy ${actor.count()}`;
    ask(actor, 'user.setStatus', {
      status: actor.choices.chance(0.3) ? null : { text, emoji: null, until: null },
    });
  },
  theme(actor) {
    const theme = actor.choices.chance(0.5) ? 'dark' : 'light';
    ask(actor, 'user.setPreferences', { preferences: { theme } });
  },
} satisfies Record<string, Action>;
