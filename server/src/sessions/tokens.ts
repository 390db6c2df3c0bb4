/** Personal access tokens: a program acts as the person who made it, within scopes. */
import { limits, type Input, type Output } from '@confab/protocol';
import { userStream } from '../delivery/index.ts';
import { administers, type Caller } from '../kit/caller.ts';
import { plainLine } from '../kit/plain-line.ts';
import { Refusal } from '../kit/refusal.ts';
import { forActing } from '../users/index.ts';
import type { SessionDeps } from './session-deps.ts';
import { makeSecret } from './secrets.ts';
import { deleteTokens, findTokens, insertToken } from './token-store.ts';

/** A token that is forgotten should not live for ever; who wants that says so. */
const daysDefault = 90;
const dayMs = 86_400_000;

/** Only from a session: a token that leaks cannot make another that outlives it. @throws Refusal forbidden, limit_reached */
export async function createToken(
  deps: SessionDeps,
  caller: Caller,
  input: Input<'token.create'>,
): Promise<Output<'token.create'>> {
  if (caller.tokenId !== null) throw new Refusal('forbidden', { needs: 'session' });
  const { days = daysDefault, scopes } = input;
  const name = plainLine(input.name, { path: '/name' });
  const { userId } = caller;
  const { secret, hash } = makeSecret(deps.random, 'token');
  const token = await deps.log.write([userStream(userId)], async (tx, log) => {
    const maker = await forActing(tx, userId);
    if (scopes.includes('admin') && !administers(maker)) throw new Refusal('forbidden', { needs: 'admin' });
    const isLive = ({ expiresAt }: { expiresAt: number | null }): boolean =>
      expiresAt === null || expiresAt > log.at;
    const live = (await findTokens(tx, userId)).filter(isLive);
    if (live.length >= limits.tokensMax) throw new Refusal('limit_reached', { limit: limits.tokensMax });
    const expiresAt = days === null ? null : new Date(log.at + days * dayMs);
    return insertToken(tx, { userId, name, scopes, secretHash: hash, at: new Date(log.at), expiresAt });
  });
  return { token, secret };
}

export async function listTokens(deps: SessionDeps, caller: Caller): Promise<Output<'token.list'>> {
  return { tokens: await findTokens(deps.database, caller.userId) };
}

/** What hangs on it is cut on every node. @throws Refusal not_found */
export async function revokeToken(
  deps: SessionDeps,
  caller: Caller,
  input: Input<'token.revoke'>,
): Promise<Output<'token.revoke'>> {
  const own = userStream(caller.userId);
  await deps.log.write([own], async (tx, log) => {
    const tokenIds = await deleteTokens(tx, caller.userId, input.tokenId);
    if (tokenIds.length === 0) throw new Refusal('not_found', { what: 'token' });
    log.append(own, 'session.ended', { sessionIds: [], tokenIds });
  });
  return {};
}
