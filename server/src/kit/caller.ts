import type { Role, Scope } from '@confab/protocol';

/** Somebody at the door who has not signed in. */
export interface Visitor {
  /** Network address, for throttling and for the list of sessions. */
  readonly address: string;
  /** The browser's own words. */
  readonly userAgent: string;
  /** Hands a new session's secret to the browser as a cookie; does nothing where there is no browser. */
  startSession(secret: string, expiresAt: number): void;
  /** Takes the cookie back. */
  endSession(): void;
}

/** Somebody who has signed in: the subject of every rule. */
export interface Caller extends Visitor {
  readonly userId: string;
  readonly role: Role;
  readonly scopes: readonly Exclude<Scope, 'none'>[];
  /** Exactly one of the two is set. */
  readonly sessionId: string | null;
  readonly tokenId: string | null;
  /** The socket the call came by; null over HTTP. */
  readonly connectionId: string | null;
}

/** Owners and admins administer the workspace. */
export function administers(caller: { readonly role: Role }): boolean {
  return caller.role !== 'member';
}
