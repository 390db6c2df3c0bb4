import type { FollowedThread, Input, Message, User } from '@confab/protocol';
import type { Calls } from './calls.ts';
import { unavailable } from './refused.ts';
import { meetUsers } from './state/people.ts';
import {
  heldMessage,
  limitTimeline,
  mergePage,
  messagesOf,
  mergeQuote,
  type Page,
} from './state/room-messages.ts';
import type { State } from './state/state.ts';

/** Answers that were overtaken by more events than are remembered are asked for anew this often. */
const attemptsMax = 4;

type Where = Omit<Input<'room.history'>, 'roomId'>;

export interface Pages {
  /** A page of a room's timeline. `beforeMerge` is called when it has arrived. */
  room(roomId: string, where: Where, beforeMerge?: () => void): Promise<readonly Message[]>;
  /** A page of a thread: its root and its newest replies, or those before or after a number. */
  thread(roomId: string, input: Input<'thread.history'>): Promise<readonly Message[]>;
  quote(roomId: string, messageId: string): Promise<void>;
}

/** Fetches pages of messages and puts them among those that are held. Equal questions at one time are asked once. */
export function createPages(deps: {
  state: State;
  call: Calls['call'];
  /** Messages of one room held while somebody scrolls through it. */
  messagesMax: number;
  /** Nothing is held of a room whose events do not come. */
  isWatched: (roomId: string) => boolean;
  /** What a page says of following; false when the person's own stream knows more than it. */
  onFollowing: (following: FollowedThread, at: number) => boolean;
  /** After each page. */
  onPage: (roomId: string, page: Page) => void;
}): Pages {
  const { state, call } = deps;
  const inFlight = new Map<string, Promise<readonly Message[]>>();

  function once(key: string, load: () => Promise<readonly Message[]>): Promise<readonly Message[]> {
    const present = inFlight.get(key);
    if (present) return present;
    const loading = load().finally(() => inFlight.delete(key));
    inFlight.set(key, loading);
    return loading;
  }

  async function fetchUntilFresh<Answer extends Page & { users: readonly User[] }>(
    roomId: string,
    ask: () => Promise<Answer>,
    /** False when something else than messages is old in it; the last answer is taken as it is. */
    arrived: (answer: Answer) => boolean,
  ): Promise<Answer> {
    for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
      const askedAt = state.userChangeCount;
      const answer = await ask();
      if (!deps.isWatched(roomId)) throw unavailable('not_sent');
      const isFresh = arrived(answer) || attempt === attemptsMax - 1;
      meetUsers(state, answer.users, askedAt);
      if (isFresh && mergePage(state, roomId, answer)) {
        deps.onPage(roomId, answer);
        return answer;
      }
    }
    throw unavailable('unknown');
  }

  return {
    room: (roomId, where, beforeMerge) =>
      once(`room ${roomId} ${JSON.stringify(where)}`, async () => {
        const input = { roomId, ...where };
        const { messages } = await fetchUntilFresh(
          roomId,
          () => call('room.history', input),
          () => {
            beforeMerge?.();
            return true;
          },
        );
        const shown = messages.at(where.before === undefined ? -1 : 0)?.ordinal;
        if (shown) limitTimeline(messagesOf(state, roomId), { ordinal: shown, max: deps.messagesMax });
        return messages;
      }),
    thread: (roomId, input) =>
      once(`thread ${roomId} ${JSON.stringify(input)}`, async () => {
        const { threadId } = input;
        const { messages } = await fetchUntilFresh(
          roomId,
          async () => {
            const answer = await call('thread.history', input);
            return { ...answer, messages: [answer.root, ...answer.messages] };
          },
          ({ following, followingAt }) =>
            !following || state.threads.has(threadId) || deps.onFollowing(following, followingAt),
        );
        state.touch(`thread:${threadId}`);
        return messages.slice(1);
      }),
    async quote(roomId, messageId) {
      if (heldMessage(state, roomId, messageId)) return;
      const askedAt = state.userChangeCount;
      const { message, users } = await call('message.get', { messageId });
      meetUsers(state, users, askedAt);
      const room = state.messages.get(roomId);
      if (room) mergeQuote(state, room, message);
    },
  };
}
