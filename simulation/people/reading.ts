/** Reading: rooms and threads opened, scrolled, closed, read and unread again. */
import { act, myRooms, someMessage, someRoom, type Action } from './actor.ts';

export const reading = {
  open(actor) {
    const room = someRoom(actor);
    if (room) act(actor, `opens ${room.room.id}`, (client) => client.openRoom(room.room.id));
  },
  /** A door that may be closed: rooms one has heard of and is not in. */
  knock(actor) {
    const mine = new Set(myRooms(actor).map(({ room }) => room.id));
    const roomId = actor.choices.pick(actor.knownRooms().filter((id) => !mine.has(id)));
    if (roomId !== undefined) act(actor, `looks into ${roomId}`, (client) => client.openRoom(roomId));
  },
  close(actor) {
    const roomId = actor.choices.pick([...actor.device.client.state.messages.keys()]);
    if (roomId !== undefined) act(actor, `closes ${roomId}`, (client) => client.closeRoom(roomId));
  },
  openThread(actor) {
    const root = someMessage(actor, ({ thread }) => thread !== null);
    if (root) act(actor, `opens thread ${root.id}`, (client) => client.openThread(root.roomId, root.id));
  },
  closeThread(actor) {
    const reply = someMessage(actor, ({ threadId }) => threadId !== null);
    const threadId = reply?.threadId ?? null;
    if (!reply || threadId === null) return;
    act(actor, `closes thread ${threadId}`, (client) => client.closeThread(reply.roomId, threadId));
  },
  scroll(actor) {
    const message = someMessage(actor, ({ ordinal }) => ordinal !== null);
    const ordinal = message?.ordinal ?? 0;
    if (!message) return;
    const where = actor.choices.pick(['before', 'after', 'around'] as const);
    act(actor, `scrolls ${where ?? ''} ${ordinal} in ${message.roomId}`, (client) => {
      if (where === 'before') return client.loadBefore(message.roomId, ordinal);
      if (where === 'after') return client.loadAfter(message.roomId, ordinal);
      return client.loadAround(message.roomId, { ordinal });
    });
  },
  read(actor) {
    const unread = myRooms(actor).filter(
      ({ membership, counters }) => counters.ordinal > membership.readOrdinal,
    );
    const room = actor.choices.pick(unread);
    if (!room) return;
    const { ordinal } = room.counters;
    const upTo = actor.choices.chance(0.7) ? ordinal : Math.max(1, ordinal - actor.choices.below(3));
    act(actor, `reads ${room.room.id} up to ${upTo}`, (client) => client.markRead(room.room.id, upTo));
  },
  unread(actor) {
    const room = someRoom(actor);
    if (!room || room.counters.ordinal === 0) return;
    const from = 1 + actor.choices.below(room.counters.ordinal);
    act(actor, `unreads ${room.room.id} from ${from}`, (client) => client.markUnread(room.room.id, from));
  },
  readAll(actor) {
    act(actor, 'reads everything', (client) => client.markAllRead());
  },
  readThread(actor) {
    const thread = actor.choices.pick([...actor.device.client.state.threads.values()]);
    if (thread)
      act(actor, `reads thread ${thread.threadId}`, (client) => client.markThreadRead(thread.threadId));
  },
  followThread(actor) {
    const root = someMessage(actor, ({ threadId }) => threadId === null);
    if (!root) return;
    const follows = actor.device.client.state.threads.has(root.id);
    const name = follows && actor.choices.chance(0.6) ? 'thread.unfollow' : 'thread.follow';
    act(actor, `${name} ${root.id}`, (client) => client.call(name, { threadId: root.id }));
  },
} satisfies Record<string, Action>;
