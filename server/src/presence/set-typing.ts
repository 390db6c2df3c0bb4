import type { Input, Output, Signal } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Bus } from '../platform/bus/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { membersAmong } from '../rooms/index.ts';

const topic = 'typing';

export type Typing = Extract<Signal, { name: 'typing' }>['data'];

/** Tells every node that somebody is writing. A signal: lost ones are followed by the next. @throws Refusal not_found */
export async function setTyping(
  deps: { database: Tx; bus: Bus },
  caller: Caller,
  input: Input<'typing.set'>,
): Promise<Output<'typing.set'>> {
  const { roomId, threadId = null } = input;
  const { userId } = caller;
  const members = await membersAmong(deps.database, roomId, [userId]);
  if (!members.has(userId)) throw new Refusal('not_found', { what: 'room' });
  const typing: Typing = { roomId, threadId, userId };
  deps.bus.publish(topic, JSON.stringify(typing));
  return {};
}

/** Hears of everybody who writes, on whatever node. Returns the way to stop. */
export function hearTyping(bus: Bus, listener: (typing: Typing) => void): () => void {
  return bus.subscribe(topic, (message) => {
    const typing = parseTyping(message);
    if (typing) listener(typing);
  });
}

function parseTyping(message: string): Typing | null {
  try {
    const { roomId, threadId, userId } = JSON.parse(message) as Partial<Typing>;
    if (typeof roomId !== 'string' || typeof userId !== 'string') return null;
    return { roomId, threadId: typeof threadId === 'string' ? threadId : null, userId };
  } catch {
    return null;
  }
}
