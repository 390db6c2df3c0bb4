import type { CallName, Input, Output } from '@confab/protocol';
import type { Outbox, Sent } from './outbox.ts';
import type { Random } from './platform/index.ts';
import { placeOf, type State } from './state/state.ts';

export interface Sending {
  readonly clientId: string;
  /** Resolves when the server has it, rejects with `Refused` when it has failed; asked for or not, it is not lost. */
  result(): Promise<Sent>;
}

/** What a person does. What is not a promise here is done in the view at once, kept, and sent as soon as it can be. */
export interface Commands {
  send(roomId: string, message: Omit<Input<'message.send'>, 'roomId' | 'clientId'>): Sending;
  /** An empty text forgets the draft. */
  setDraft(roomId: string, text: string, threadId?: string | null): void;
  /** Up to an ordinal, or to the newest message. */
  markRead(roomId: string, ordinal?: number): void;
  markThreadRead(threadId: string, ordinal?: number): void;
  /** From this ordinal on the room is unread again. */
  markUnread(roomId: string, ordinal: number): Promise<void>;
  markAllRead(): Promise<void>;
  /** Puts a reaction, or takes it back. */
  react(messageId: string, emoji: string, options: { on: boolean }): Promise<void>;
}

export function createCommands(deps: {
  state: State;
  outbox: Outbox;
  random: Random;
  call: <Name extends CallName>(name: Name, input: Input<Name>) => Promise<Output<Name>>;
  settle: () => void;
}): Commands {
  const { state, outbox } = deps;

  return {
    send(roomId, message) {
      const clientId = deps.random.id();
      outbox.send({ ...message, roomId, clientId });
      return { clientId, result: () => outbox.result(clientId) };
    },
    setDraft: (roomId, text, threadId = null) => outbox.setDraft({ roomId, threadId, text }),
    markRead(roomId, ordinal) {
      const room = state.rooms.get(roomId);
      const upTo = ordinal ?? room?.counters.ordinal ?? 0;
      if (room && upTo > room.membership.readOrdinal) outbox.readUpTo({ roomId, ordinal: upTo });
    },
    markThreadRead(threadId, ordinal) {
      const thread = state.threads.get(threadId);
      const upTo = ordinal ?? thread?.ordinal ?? 0;
      if (thread && upTo > thread.readOrdinal) {
        outbox.readThread({ threadId, ordinal: upTo, roomId: thread.roomId });
      }
    },
    async markUnread(roomId, ordinal) {
      outbox.discard(`read:${placeOf(roomId)}`);
      await deps.call('read.from', { roomId, ordinal });
    },
    async markAllRead() {
      await deps.call('read.all', {});
    },
    async react(messageId, emoji, { on }) {
      await deps.call(on ? 'reaction.add' : 'reaction.remove', { messageId, emoji });
    },
  };
}
