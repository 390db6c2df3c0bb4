import type { Output } from '@confab/protocol';
import type { Caller } from '../kit/caller.ts';
import type { Handlers } from '../kit/handlers.ts';
import { callerFor } from './callers.ts';
import { demoDomain, demoPeople } from './people.ts';
import type { Demo } from './tell-story.ts';

/** The demo that an earlier start made, as far as it is still there; null in a workspace of somebody else. */
export async function findDemo(handlers: Handlers): Promise<Demo | null> {
  const callers = new Map<string, Caller>();
  // Looking needs no one in particular.
  const looking = callerFor('0', 'owner');
  let cursor: string | null = null;
  do {
    const page: Output<'user.listAccounts'> = await handlers['user.listAccounts'](looking, {
      search: demoDomain,
      ...(cursor === null ? {} : { cursor }),
    });
    for (const { user, email } of page.accounts) {
      const person = demoPeople.find(({ handle }) => email === `${handle}@${demoDomain}`);
      if (person && !user.deactivated) callers.set(person.handle, callerFor(user.id, user.role));
    }
    cursor = page.next;
  } while (cursor !== null);
  const owner = callers.get(demoPeople[0]?.handle ?? '');
  if (!owner) return null;
  const { rooms } = await handlers['room.mine'](owner, {});
  return { callers, rooms: new Map(rooms.map(({ room }) => [room.name, room.id])) };
}
