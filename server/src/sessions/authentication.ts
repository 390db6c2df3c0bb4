import type { Role, Scope } from '@confab/protocol';
import type { Clock } from '../platform/clock/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import { noteSeen } from '../users/index.ts';
import { sessionLifetimeMs } from './open-session.ts';
import { hashSecret } from './secrets.ts';
import { findSessionsOf, prolongSessions } from './store.ts';
import { findTokensOf, noteTokensUsed } from './token-store.ts';

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

/**
 * Who shows these secrets? Many are asked for in one go. Null for a secret that was never given out, has ended or expired,
 * or whose owner was deactivated.
 */
export function createAuthentication(deps: {
  database: Tx;
  clock: Clock;
}): (credentials: readonly Credential[]) => Promise<(Identity | null)[]> {
  const { database, clock } = deps;
  const isStale = (seenAt: Date | null, now: number): boolean =>
    seenAt === null || now - seenAt.getTime() >= seenPeriodMs;

  async function bySessions(hashes: readonly Buffer[], known: Map<string, Identity>): Promise<void> {
    const now = clock.now();
    const rows = await findSessionsOf(database, hashes, new Date(now));
    const stale = rows.filter((row) => isStale(row.last_seen_at, now));
    const renewedUntil = now + sessionLifetimeMs;
    if (stale.length > 0) {
      const until = { seenAt: new Date(now), expiresAt: new Date(renewedUntil) };
      await prolongSessions(
        database,
        stale.map(({ id }) => id),
        until,
      );
      await noteSeen(
        database,
        stale.map((row) => row.user_id),
        new Date(now),
      );
    }
    for (const row of rows) {
      const prolonged = stale.includes(row);
      const expiresAt = prolonged ? renewedUntil : row.expires_at.getTime();
      const { id: sessionId, user_id: userId, role } = row;
      const scopes = ['read', 'write', 'admin'] as const;
      const identity = { userId, role, scopes, sessionId, tokenId: null, expiresAt, prolonged };
      known.set(keyOf('cookie', row.secret_hash), identity);
    }
  }

  async function byTokens(hashes: readonly Buffer[], known: Map<string, Identity>): Promise<void> {
    const now = clock.now();
    const rows = await findTokensOf(database, hashes, new Date(now));
    const stale = rows.filter((row) => isStale(row.last_used_at, now));
    if (stale.length > 0) {
      await noteTokensUsed(
        database,
        stale.map(({ id }) => id),
        new Date(now),
      );
      await noteSeen(
        database,
        stale.map((row) => row.user_id),
        new Date(now),
      );
    }
    for (const {
      secret_hash: hash,
      id: tokenId,
      user_id: userId,
      role,
      scopes,
      expires_at: expires,
    } of rows) {
      const expiresAt = expires?.getTime() ?? null;
      const identity = { userId, role, scopes, sessionId: null, tokenId, expiresAt, prolonged: false };
      known.set(keyOf('token', hash), identity);
    }
  }

  return async (credentials) => {
    const shown = credentials.map(({ kind, secret }) => ({ kind, hash: hashSecret(secret) }));
    const hashesOf = (kind: Credential['kind']): Buffer[] =>
      shown.filter((one) => one.kind === kind).map(({ hash }) => hash);
    const known = new Map<string, Identity>();
    const [cookies, tokens] = [hashesOf('cookie'), hashesOf('token')];
    if (cookies.length > 0) await bySessions(cookies, known);
    if (tokens.length > 0) await byTokens(tokens, known);
    return shown.map(({ kind, hash }) => known.get(keyOf(kind, hash)) ?? null);
  };
}

/** Neither kind opens the other's door. */
function keyOf(kind: Credential['kind'], hash: Buffer): string {
  return `${kind} ${hash.toString('base64')}`;
}
