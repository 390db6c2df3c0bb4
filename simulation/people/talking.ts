/** Messages: written, answered, changed, reacted to. */
import { act, ask, someMessage, someRoom, type Action, type Actor } from './actor.ts';

export const talking = {
  send(actor) {
    const room = someRoom(actor);
    if (room) say(actor, room.room.id, {});
  },
  reply(actor) {
    const root = someMessage(actor, ({ threadId, deletedAt }) => threadId === null && deletedAt === null);
    if (root) say(actor, root.roomId, { threadId: root.id, alsoInRoom: actor.choices.chance(0.3) });
  },
  quote(actor) {
    const quoted = someMessage(actor, ({ deletedAt }) => deletedAt === null);
    if (quoted) say(actor, quoted.roomId, { quoteId: quoted.id });
  },
  /** Several at once: they wait for each other in the outbox, and go together in the lane. */
  burst(actor) {
    const room = someRoom(actor);
    for (let n = actor.choices.below(4); room && n >= 0; n -= 1) say(actor, room.room.id, {});
  },
  edit(actor) {
    const message = someMessage(actor, ({ authorId }) => authorId === actor.device.userId);
    if (!message) return;
    const text = `e${actor.count()} ${mention(actor)}`;
    ask(actor, 'message.edit', { messageId: message.id, text, version: message.version });
  },
  delete(actor) {
    const isOwn = actor.choices.chance(0.8);
    const message = someMessage(actor, ({ authorId }) => !isOwn || authorId === actor.device.userId);
    if (message) ask(actor, 'message.delete', { messageId: message.id });
  },
  react(actor) {
    const message = someMessage(actor);
    const emoji = actor.choices.pick(['👍', '🎉', '👀']) ?? '👍';
    const on = actor.choices.chance(0.7);
    if (!message) return;
    act(actor, `reacts ${emoji} ${on} to ${message.id}`, (client) => client.react(message.id, emoji, { on }));
  },
  pin(actor) {
    const message = someMessage(actor);
    if (!message) return;
    const name = message.pinnedAt === null ? 'message.pin' : 'message.unpin';
    ask(actor, name, { messageId: message.id });
  },
  save(actor) {
    const message = someMessage(actor);
    if (!message) return;
    const isSaved = actor.device.client.state.saved.has(message.id);
    ask(actor, isSaved ? 'message.unsave' : 'message.save', { messageId: message.id });
  },
  draft(actor) {
    const room = someRoom(actor);
    if (!room) return;
    const root = someMessage(actor, ({ roomId, threadId }) => roomId === room.room.id && threadId === null);
    const threadId = root && actor.choices.chance(0.3) ? root.id : null;
    const text = actor.choices.chance(0.3) ? '' : `d${actor.count()}`;
    act(actor, `drafts ${JSON.stringify(text)} in ${room.room.id} ${threadId ?? ''}`, (client) =>
      client.setDraft(room.room.id, text, threadId),
    );
  },
  /** Tries again, or lets go of, what was refused for good. */
  failed(actor) {
    const { client } = actor.device;
    const failed = [...client.state.outbox.values()].find(({ status }) => status === 'failed');
    if (!failed) return;
    act(actor, `decides about ${failed.id}`, () => {
      if (actor.choices.chance(0.5)) {
        client.retry(failed.id);
        actor.rememberAgain(failed.id);
      } else {
        actor.device.letGoOf(failed.id);
      }
    });
  },
  typing(actor) {
    const room = someRoom(actor);
    if (room) act(actor, `types in ${room.room.id}`, (client) => client.setTyping(room.room.id));
  },
} satisfies Record<string, Action>;

const long = 'lorem ipsum dolor sit amet '.repeat(20);

function say(
  actor: Actor,
  roomId: string,
  rest: { threadId?: string; alsoInRoom?: boolean; quoteId?: string },
): void {
  const token = `t${actor.count()}`;
  const text = `${token} ${mention(actor)}${actor.choices.chance(0.1) ? long : ''}`;
  const { device, userId, client } = actor.device;
  const { clientId } = client.send(roomId, { text, ...rest });
  actor.note(`${device} sends ${token} as ${clientId} to ${roomId} ${JSON.stringify(rest)}`);
  actor.remember({ device, userId, roomId, clientId, token, madeAtMs: actor.device.nowMs });
}

function mention(actor: Actor): string {
  const { choices, people } = actor;
  if (choices.chance(0.12)) return '@all ';
  if (choices.chance(0.04)) return '@here ';
  if (choices.chance(0.2)) return `@${choices.pick(people)?.handle ?? ''} `;
  return '';
}
