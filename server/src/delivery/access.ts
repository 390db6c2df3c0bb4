import type { Member, Room } from '@confab/protocol';
import type { StreamEvent } from './event.ts';

/** Who may read no further in a room's stream after an event: one person, or everyone who is no member. */
export type Loss = { userId: string } | 'outsiders' | null;

export function accessLostBy(event: StreamEvent): Loss {
  if (event.name === 'member.left') return { userId: event.data<{ userId: Member['userId'] }>().userId };
  if (event.name === 'room.changed' && event.data<{ room: Room }>().room.kind !== 'public')
    return 'outsiders';
  return null;
}

/** A deletion empties earlier events in the log: what was remembered of them must be read anew. */
export function emptiesEarlierEvents(event: StreamEvent): boolean {
  return event.name === 'message.deleted';
}
