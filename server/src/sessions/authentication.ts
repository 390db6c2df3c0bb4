import type { Role, Scope } from '@confab/protocol';
import type { Clock } from '../platform/clock/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { noteSeen } from '../users/index.ts';
import { sessionLifetimeMs } from './open-session.ts';
import { hashSecret } from './secrets.ts';
import { findSession, prolongSession } from './store.ts';
import { findToken, noteTokenUsed } from './token-store.ts';

/** Seen again within this time is not worth a write. */
const seenPeriodMs = 5 * 60_000;

export interface Identity {
  readonly userId: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
  /** Exactly one of the two is set. */
  readonly sessionId: string | null;
  readonly tokenId: string | null;
  /** Milliseconds since 1970 UTC; null: does not expire. */
  readonly expiresAt: number | null;
  /** The session lives longer now: the browser's cookie should, too. */
  readonly prolonged: boolean;
}

/** A browser's cookie holds a session's secret, a program's header a token's; neither opens the other's door. */
export interface Credential {
  readonly kind: 'cookie' | 'token';
  readonly secret: string;
}

/** Who shows this secret? Null for a secret that was never given out, has ended or expired, or whose owner was deactivated. */
export function createAuthentication(deps: {
  database: Tx;
  clock: Clock;
}): (credential: Credential) => Promise<Identity | null> {
  const { database, clock } = deps;

  async function bySession(secret: string): Promise<Identity | null> {
    const now = clock.now();
    const session = await findSession(database, hashSecret(secret), new Date(now));
    if (!session) return null;
    const { id, user_id: userId, role } = session;
    const prolonged = now - session.last_seen_at.getTime() >= seenPeriodMs;
    const expiresAt = prolonged ? now + sessionLifetimeMs : session.expires_at.getTime();
    if (prolonged) {
      await prolongSession(database, { id, seenAt: new Date(now), expiresAt: new Date(expiresAt) });
      await noteSeen(database, userId, new Date(now));
    }
    const scopes = ['read', 'write', 'admin'] as const;
    return { userId, role, scopes, sessionId: id, tokenId: null, expiresAt, prolonged };
  }

  async function byToken(secret: string): Promise<Identity | null> {
    const now = clock.now();
    const token = await findToken(database, hashSecret(secret), new Date(now));
    if (!token) return null;
    const { id, user_id: userId, role, scopes } = token;
    if (token.last_used_at === null || now - token.last_used_at.getTime() >= seenPeriodMs) {
      await noteTokenUsed(database, id, new Date(now));
      await noteSeen(database, userId, new Date(now));
    }
    const expiresAt = token.expires_at?.getTime() ?? null;
    return { userId, role, scopes, sessionId: null, tokenId: id, expiresAt, prolonged: false };
  }

  return ({ kind, secret }) => (kind === 'cookie' ? bySession(secret) : byToken(secret));
}
