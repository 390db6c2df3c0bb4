import type { Input, Output } from '@confab/protocol';
import { workspaceStream } from '../delivery/index.ts';
import type { Visitor } from '../kit/caller.ts';
import { plainLine } from '../kit/plain-line.ts';
import { Refusal } from '../kit/refusal.ts';
import { addToDefaultRooms, createDefaultRooms } from '../rooms/index.ts';
import { openSession } from '../sessions/index.ts';
import { admitUser, plainEmail } from '../users/index.ts';
import { beginWorkspace, isSetUp } from '../workspace/index.ts';
import type { AccountDeps } from './account-deps.ts';

const firstRooms = ['general', 'random'];

/** Names the workspace and makes its owner and first rooms. Of many at once one succeeds. @throws Refusal already_set_up, invalid */
export async function setUp(
  deps: AccountDeps,
  visitor: Visitor,
  input: Input<'workspace.setUp'>,
): Promise<Output<'workspace.setUp'>> {
  const { database, log, passwords, random } = deps;
  const workspaceName = plainLine(input.workspaceName, { path: '/workspaceName' });
  const name = plainLine(input.name, { path: '/name' });
  const email = plainEmail(input.email);
  // Asked again below; here it spares the cost of hashing.
  if (await isSetUp(database)) throw new Refusal('already_set_up');
  const passwordHash = await passwords.hash(input.password);

  const { user, session } = await log.write([workspaceStream], async (tx, log) => {
    const workspace = await beginWorkspace(tx, { name: workspaceName, at: new Date(log.at) });
    log.append(workspaceStream, 'workspace.changed', { workspace });
    const handle = input.handle ?? null;
    const user = await admitUser(tx, log, { name, handle, email, role: 'owner', passwordHash });
    const roomIds = await createDefaultRooms(tx, log, { names: firstRooms, createdBy: user.id });
    await addToDefaultRooms(tx, log, { userId: user.id, roomIds });
    return { user, session: await openSession(tx, log, { random, userId: user.id, visitor }) };
  });
  visitor.startSession(session.secret, session.expiresAt);
  return { user, sessionId: session.id };
}
