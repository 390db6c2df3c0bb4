import type { Caller, Visitor } from '../kit/caller.ts';
import type { Role, Scope } from '@confab/protocol';

/** Who a secret belongs to, as `sessions` finds it. */
export interface Identity {
  userId: string;
  role: Role;
  scopes: readonly Scope[];
  sessionId: string | null;
  tokenId: string | null;
  /** Milliseconds since 1970 UTC; null: does not expire. */
  expiresAt: number | null;
  /** The session lives longer from now on: the browser's cookie should, too. */
  prolonged: boolean;
}

/** What somebody showed at the door. Browsers send their cookie by themselves, so it counts only with a matching origin. */
export type Credential = { kind: 'cookie' | 'token'; secret: string };

/** Finds whom credentials belong to, in their order; null for none, ended, expired or deactivated. */
export type Identify = (credentials: readonly Credential[]) => Promise<(Identity | null)[]>;

export function callerOf(visitor: Visitor, identity: Identity, connectionId: string | null): Caller {
  return {
    address: visitor.address,
    userAgent: visitor.userAgent,
    startSession: visitor.startSession,
    endSession: visitor.endSession,
    userId: identity.userId,
    role: identity.role,
    scopes: identity.scopes,
    sessionId: identity.sessionId,
    tokenId: identity.tokenId,
    connectionId,
  };
}

/** `Authorization: Bearer …`, else the session cookie. */
export function credentialOf(header: string | undefined, cookie: string | undefined): Credential | null {
  const bearer = /^Bearer +([A-Za-z0-9._~+/=-]{1,200})$/i.exec(header ?? '')?.[1];
  if (bearer) return { kind: 'token', secret: bearer };
  return cookie ? { kind: 'cookie', secret: cookie } : null;
}

/**
 * Did this request come from our own page? Browsers name the origin of every request that could do harm; programs other
 * than browsers name none and hold no one else's cookie.
 */
export function sameOrigin(request: {
  origin: string | undefined;
  host: string | undefined;
  publicUrl: string | null;
}): boolean {
  const { origin, host, publicUrl } = request;
  if (origin === undefined) return true;
  if (publicUrl !== null && origin === new URL(publicUrl).origin) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host;
}
