/**
 * Ways in: sessions, access tokens, invitations, password resets, and how often each may be tried. Owns their tables.
 * Promises that secrets are stored as hashes only, that an unknown account looks like a wrong password, and that what is
 * ended is cut on every node. Refuses to know who may change whom (accounts/).
 */
import type { Caller } from '../kit/caller.ts';
import type { Handlers } from '../kit/handlers.ts';
import type { Writer } from '../mail/index.ts';
import type { Chore } from '../platform/chore.ts';
import { inHaste } from '../platform/postgres/index.ts';
import { forAccount } from '../users/index.ts';
import { createAuthentication, type Credential, type Identity } from './authentication.ts';
import { endOtherSessions, endSession, signOut } from './end-sessions.ts';
import { forgotPassword } from './forgot-password.ts';
import { createInvitation, listInvitations, lookAtInvitation, revokeInvitation } from './invitations.ts';
import { changePassword, useResetLink } from './passwords.ts';
import { createSessionCleaning } from './remove-expired.ts';
import { sendInvitations } from './send-invitations.ts';
import type { SessionDeps, SessionSettings } from './session-deps.ts';
import { signIn } from './sign-in.ts';
import { signUp } from './sign-up.ts';
import { findSessions } from './store.ts';
import { createThrottle } from './throttle.ts';
import { createToken, listTokens, revokeToken } from './tokens.ts';
import { writeInvitation, writeReset } from './write-letters.ts';

export type SessionHandlers = Handlers<
  | 'session.signIn'
  | 'session.signUp'
  | 'session.signOut'
  | 'session.current'
  | 'session.list'
  | 'session.end'
  | 'session.endOthers'
  | 'password.change'
  | 'password.useReset'
  | 'password.forgot'
  | 'invitation.create'
  | 'invitation.send'
  | 'invitation.list'
  | 'invitation.revoke'
  | 'invitation.look'
  | 'token.create'
  | 'token.list'
  | 'token.revoke'
>;

export interface Sessions {
  readonly handlers: SessionHandlers;
  /** Null for a secret that opens nothing (any more). A query for all of a kind; every few minutes also writes. */
  identify(credentials: readonly Credential[]): Promise<(Identity | null)[]>;
  /** They run until they are closed. */
  readonly chores: readonly Chore[];
  /** Of the mails that this domain queues. */
  readonly writers: { readonly reset: Writer; readonly invitation: Writer };
}

export function createSessions(settings: SessionSettings): Sessions {
  const { database, clock } = settings;
  const deps: SessionDeps = { ...settings, throttle: createThrottle(settings) };
  return {
    identify: createAuthentication({ clock, database: inHaste(database) }),
    chores: [createSessionCleaning(settings)],
    writers: { reset: writeReset(settings), invitation: writeInvitation(settings) },
    handlers: {
      'session.signIn': (visitor, input) => signIn(deps, visitor, input),
      'session.signUp': (visitor, input) => signUp(deps, visitor, input),
      'session.signOut': (caller) => signOut(deps, caller),
      'session.current': async (caller) => {
        const { user, email } = await forAccount(database, caller.userId);
        return { user, email, sessionId: caller.sessionId, scopes: [...caller.scopes] };
      },
      'session.list': async (caller: Caller) => {
        const now = new Date(clock.now());
        const whose = { userId: caller.userId, currentId: caller.sessionId, now };
        return { sessions: await findSessions(database, whose) };
      },
      'session.end': (caller, input) => endSession(deps, caller, input),
      'session.endOthers': (caller) => endOtherSessions(deps, caller),
      'password.change': (caller, input) => changePassword(deps, caller, input),
      'password.useReset': (visitor, input) => useResetLink(deps, visitor, input),
      'password.forgot': (visitor, input) => forgotPassword(deps, visitor, input),
      'invitation.create': (caller, input) => createInvitation(deps, caller, input),
      'invitation.send': (caller, input) => sendInvitations(deps, caller, input),
      'invitation.list': (caller) => listInvitations(deps, caller),
      'invitation.revoke': (caller, input) => revokeInvitation(deps, caller, input),
      'invitation.look': (visitor, input) => lookAtInvitation(deps, visitor, input),
      'token.create': (caller, input) => createToken(deps, caller, input),
      'token.list': (caller) => listTokens(deps, caller),
      'token.revoke': (caller, input) => revokeToken(deps, caller, input),
    },
  };
}

export { admitNewcomer, prepareAdmission } from './admit-newcomer.ts';
export type { Credential, Identity } from './authentication.ts';
export { endAccess } from './end-access.ts';
export { openSession } from './open-session.ts';
export { makeReset } from './passwords.ts';
