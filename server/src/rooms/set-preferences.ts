import type { Input, Output } from '@confab/protocol';
import { userStream, type EventLog } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { forMember } from './doors.ts';
import { updatePreferences } from './member-store.ts';

/** A membership comes and goes only under its person's stream lock, so that lock alone makes this exact. */
export async function setPreferences(
  deps: { log: EventLog },
  caller: Caller,
  input: Input<'room.setPreferences'>,
): Promise<Output<'room.setPreferences'>> {
  const { roomId } = input;
  const own = userStream(caller.userId);
  return deps.log.write([own], async (tx, log) => {
    const { membership: present } = await forMember(tx, roomId, caller.userId);
    const { starred = present.starred, muted = present.muted, level = present.level } = input;
    if (starred === present.starred && muted === present.muted && level === present.level) {
      return { membership: present, position: log.position(own) };
    }
    const to = { starred, muted, level };
    const membership = await updatePreferences(tx, { roomId, userId: caller.userId }, to);
    const position = log.append(own, 'membership.changed', { roomId, membership });
    return { membership, position };
  });
}
