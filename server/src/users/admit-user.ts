import type { User } from '@confab/protocol';
import { userStream, workspaceStream, type Appender } from '../delivery/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { proposeHandles, refuseReserved } from './rules.ts';
import { insertUser, takenHandles, type NewUser } from './store.ts';

/** Handles looked up at once, when the first ones are taken. */
const proposalsAtOnce = 20;

/**
 * Makes a person with a stream of their own. The workspace's stream is locked, under which handles are given.
 * @param newcomer without a handle they get a free one made of their name
 * @throws Refusal taken
 */
export async function admitUser(
  tx: Tx,
  log: Appender,
  newcomer: Omit<NewUser, 'handle'> & { readonly handle: string | null },
): Promise<User> {
  if (newcomer.handle !== null) refuseReserved(newcomer.handle);
  const handle = newcomer.handle ?? (await freeHandle(tx, newcomer));
  const user = await insertUser(tx, { ...newcomer, handle, at: new Date(log.at) });
  await log.open(userStream(user.id));
  log.append(workspaceStream, 'user.joined', { user });
  return user;
}

async function freeHandle(tx: Tx, { name, email }: { name: string; email: string }): Promise<string> {
  const proposals = proposeHandles(name, email);
  for (;;) {
    const handles = Array.from({ length: proposalsAtOnce }, () => proposals.next().value);
    const taken = await takenHandles(tx, handles);
    const free = handles.find((handle) => !taken.has(handle));
    if (free !== undefined) return free;
  }
}
