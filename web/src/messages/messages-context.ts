import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Signal } from '@preact/signals';
import type { Message, Room } from '@confab/protocol';
import type { PlaceInRoom } from '../rooms/may.ts';

/** Around a list of messages: where they stand and what can be done with them there. */
export interface MessagesPlace {
  readonly room: Room;
  /** Null in the room's timeline. */
  readonly threadId: string | null;
  readonly standing: PlaceInRoom;
  /** In the room and it is not archived: reactions, replies and the like. */
  readonly mayWrite: boolean;
  /** The row the pointer or the focus is on: it has the toolbar. */
  readonly active: Signal<string | null>;
  /** The row that Tab leads to: the one that had the focus last. */
  readonly current: Signal<string | null>;
  /** Id of the message that is being edited. */
  readonly editing: Signal<string | null>;
  /** What the composer quotes. */
  readonly quoted: Signal<Message | null>;
  /** Everything from this ordinal on was made unread again, and stays so while one looks at it. */
  madeUnread(ordinal: number): void;
  /** Gives the focus back to the composer. */
  focusComposer(): void;
}

export const MessagesContext = createContext<MessagesPlace | null>(null);

/** Throws outside of a list of messages. */
export function useMessagesPlace(): MessagesPlace {
  const place = useContext(MessagesContext);
  if (place === null) throw new Error('There is no list of messages around this component.');
  return place;
}
