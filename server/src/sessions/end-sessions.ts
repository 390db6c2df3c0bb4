import type { Input, Output } from '@confab/protocol';
import { userStream } from '../delivery/index.ts';
import type { Caller } from '../kit/caller.ts';
import { Refusal } from '../kit/refusal.ts';
import type { SessionDeps } from './session-deps.ts';
import { deleteSessions } from './store.ts';

/** Ends the session the call came by. A token has none: it stays, and is revoked by its id. */
export async function signOut(deps: SessionDeps, caller: Caller): Promise<Output<'session.signOut'>> {
  if (caller.sessionId !== null) await endOne(deps, caller.userId, caller.sessionId);
  caller.endSession();
  return {};
}

/** @throws Refusal not_found */
export async function endSession(
  deps: SessionDeps,
  caller: Caller,
  input: Input<'session.end'>,
): Promise<Output<'session.end'>> {
  const ended = await endOne(deps, caller.userId, input.sessionId);
  if (!ended) throw new Refusal('not_found', { what: 'session' });
  return {};
}

export async function endOtherSessions(
  deps: SessionDeps,
  caller: Caller,
): Promise<Output<'session.endOthers'>> {
  const own = userStream(caller.userId);
  const ended = await deps.log.write([own], async (tx, log) => {
    const sessionIds = await deleteSessions(tx, caller.userId, { except: caller.sessionId });
    if (sessionIds.length > 0) log.append(own, 'session.ended', { sessionIds, tokenIds: [] });
    return sessionIds.length;
  });
  return { ended };
}

function endOne({ log }: SessionDeps, userId: string, sessionId: string): Promise<boolean> {
  const own = userStream(userId);
  return log.write([own], async (tx, log) => {
    const sessionIds = await deleteSessions(tx, userId, { only: sessionId });
    if (sessionIds.length > 0) log.append(own, 'session.ended', { sessionIds, tokenIds: [] });
    return sessionIds.length > 0;
  });
}
