import type { Role } from '@confab/protocol';
import type { Caller, Visitor } from '../kit/caller.ts';

/** The people of the demo come through no door. */
export const visitor: Visitor = {
  address: '127.0.0.1',
  userAgent: 'demo',
  startSession() {},
  endSession() {},
};

export function callerFor(userId: string, role: Role): Caller {
  const scopes = ['read', 'write', 'admin'] as const;
  return { ...visitor, userId, role, scopes, sessionId: null, tokenId: null, connectionId: null };
}
