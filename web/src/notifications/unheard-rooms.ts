import { noticeLevelIn } from '@confab/protocol/notices';
import type { MyRoom, Message } from '@confab/protocol';
import { Refused, type Client, type State } from '@confab/client';
import type { Cancel } from '../platform/index.ts';

type Deps = {
  readonly client: Pick<Client, 'call' | 'state' | 'subscribe'>;
  readonly after: (delayMs: number, run: () => void) => Cancel;
  /** What was found; the same message may have been heard of before. */
  readonly onMessage: (message: Message) => void;
};

/** What a room says itself arrives before that. */
const waitMs = 1_500;
const messagesMax = 10;

/**
 * Messages of rooms that no tab watches arrive as a number alone. Where one of them may notify by its words, by a mention
 * of everyone or because everything does, they are read: one room at a time.
 */
export function followUnheardRooms({ client, after, onMessage }: Deps): Cancel {
  const { state } = client;
  const seen = new Map<string, number>();
  let cancel: Cancel | null = null;
  let isOver = false;

  /** Rooms that have grown since the last look, with how far they reached then. */
  function grown(): { mine: MyRoom; from: number }[] {
    return [...state.rooms.values()].flatMap((mine) => {
      const from = seen.get(mine.room.id);
      seen.set(mine.room.id, mine.counters.ordinal);
      const isGrown = from !== undefined && mine.counters.ordinal > from;
      return isGrown && mayNotify(state, mine) && !isHeard(state, mine) ? [{ mine, from }] : [];
    });
  }

  async function look(): Promise<void> {
    for (const { mine, from } of grown()) if (!isOver) await read(mine, from);
    cancel = null;
  }

  async function read({ room, counters }: MyRoom, from: number): Promise<void> {
    try {
      const page = await client.call('room.history', {
        roomId: room.id,
        after: Math.max(from, counters.ordinal - messagesMax),
        limit: messagesMax,
      });
      for (const message of page.messages) onMessage(message);
    } catch (error) {
      // The room stays unread in the page.
      if (!(error instanceof Refused)) throw error;
    }
  }

  grown();
  const stop = client.subscribe('rooms', () => {
    cancel ??= after(waitMs, () => void look());
  });
  return () => {
    isOver = true;
    stop();
    cancel?.();
  };
}

/** A tab shows it, or has it loaded to its end: then its messages come by themselves. */
function isHeard(state: State, { room, counters }: MyRoom): boolean {
  const held = state.messages.get(room.id)?.held;
  if (!held) return false;
  for (const { message } of held.values()) if (message.ordinal === counters.ordinal) return true;
  return false;
}

function mayNotify(state: State, { room, membership, counters }: MyRoom): boolean {
  const { preferences } = state;
  // Direct messages are told in the person's own stream.
  if (!preferences || room.kind === 'direct') return false;
  const level = noticeLevelIn(membership, preferences);
  if (level === 'nothing') return false;
  const isMentioned = counters.mentions.some((ordinal) => ordinal > membership.readOrdinal);
  return level === 'everything' || isMentioned || preferences.keywords.length > 0;
}
