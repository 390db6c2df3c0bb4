import Type, { type Static } from 'typebox';
import { command, query } from './define.ts';
import { limits } from './limits.ts';
import { Id, Nothing, Time, nullable, strict } from './shapes.ts';
import { Email, Handle, Password, PersonName, Role, User } from './users.ts';

export const TokenScope = Type.Enum(['read', 'write', 'admin']);

export const Session = Type.Object({
  id: Id,
  /** From the browser's own words, such as "Firefox on Linux". */
  device: Type.String(),
  address: Type.String(),
  createdAt: Time,
  lastSeenAt: Time,
  current: Type.Boolean(),
});
export type Session = Static<typeof Session>;

export const Token = Type.Object({
  id: Id,
  name: Type.String(),
  scopes: Type.Array(TokenScope),
  createdAt: Time,
  expiresAt: nullable(Time),
  lastUsedAt: nullable(Time),
});
export type Token = Static<typeof Token>;

export const Invitation = Type.Object({
  id: Id,
  createdBy: Id,
  createdAt: Time,
  expiresAt: Time,
  usesMax: Type.Integer(),
  uses: Type.Integer(),
  role: Role,
});
export type Invitation = Static<typeof Invitation>;

const SignedIn = Type.Object({ user: User, sessionId: Id });

export const sessionCalls = {
  'session.signIn': command({
    summary: 'Sign in with address and password; sets the session cookie',
    http: 'POST /session',
    scope: 'none',
    overSocket: false,
    input: Type.Object(
      { email: Email, password: Type.String({ minLength: 1, maxLength: limits.passwordCharsMax }) },
      strict,
    ),
    output: SignedIn,
    refusals: ['wrong_credentials', 'too_many'],
  }),
  'session.signUp': command({
    summary: 'Join with an invitation, or with an address of a listed domain; sets the session cookie',
    http: 'POST /sign-up',
    scope: 'none',
    overSocket: false,
    input: Type.Object(
      {
        email: Email,
        name: PersonName,
        handle: Type.Optional(Handle),
        password: Password,
        invitation: Type.Optional(Type.String({ maxLength: 100 })),
      },
      strict,
    ),
    output: SignedIn,
    refusals: ['gone', 'forbidden', 'taken', 'too_many'],
  }),
  'session.signOut': command({
    summary: 'End this session',
    http: 'DELETE /session',
    scope: 'read',
    overSocket: false,
    input: Nothing,
    output: Nothing,
  }),
  'session.current': query({
    summary: 'Who am I?',
    http: 'GET /session',
    scope: 'read',
    input: Nothing,
    output: Type.Object({
      user: User,
      email: Type.String(),
      sessionId: nullable(Id),
      scopes: Type.Array(TokenScope),
    }),
  }),
  'session.list': query({
    summary: 'Your sessions on all devices',
    http: 'GET /sessions',
    scope: 'read',
    input: Nothing,
    output: Type.Object({ sessions: Type.Array(Session) }),
  }),
  'session.end': command({
    summary: 'End one of your sessions',
    http: 'DELETE /sessions/:sessionId',
    scope: 'write',
    input: Type.Object({ sessionId: Id }, strict),
    output: Nothing,
    refusals: ['not_found'],
  }),
  'session.endOthers': command({
    summary: 'End all your sessions but this one',
    http: 'POST /sessions/end-others',
    scope: 'write',
    input: Nothing,
    output: Type.Object({ ended: Type.Integer() }),
  }),
  'password.change': command({
    summary: 'Change your password; ends your other sessions',
    http: 'PUT /me/password',
    scope: 'write',
    input: Type.Object(
      { current: Type.String({ minLength: 1, maxLength: limits.passwordCharsMax }), next: Password },
      strict,
    ),
    output: Nothing,
    refusals: ['wrong_credentials', 'too_many'],
  }),
  'password.useReset': command({
    summary: 'Set a new password with a reset link; sets the session cookie',
    http: 'POST /password-reset',
    scope: 'none',
    overSocket: false,
    input: Type.Object({ token: Type.String({ minLength: 1, maxLength: 100 }), password: Password }, strict),
    output: SignedIn,
    refusals: ['gone', 'too_many'],
  }),
  'password.forgot': command({
    summary: 'Ask for a reset link by mail; the answer is the same whether somebody has the address',
    http: 'POST /password-forgotten',
    scope: 'none',
    overSocket: false,
    input: Type.Object({ email: Email }, strict),
    output: Nothing,
    refusals: ['turned_off', 'too_many'],
  }),
  'invitation.create': command({
    summary: 'Make an invitation link',
    http: 'POST /invitations',
    scope: 'write',
    input: Type.Object(
      {
        hours: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.invitationHoursMax })),
        usesMax: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.invitationUsesMax })),
        role: Type.Optional(Role),
      },
      strict,
    ),
    /** The secret is shown once and kept only as a hash. */
    output: Type.Object({ invitation: Invitation, secret: Type.String(), url: Type.String() }),
    refusals: ['forbidden', 'limit_reached'],
  }),
  'invitation.send': command({
    summary: 'Send an invitation for one person to each of these addresses; for those who administer',
    http: 'POST /invitation-mails',
    scope: 'admin',
    input: Type.Object(
      {
        emails: Type.Array(Email, { minItems: 1, maxItems: limits.invitationMailsMax }),
        hours: Type.Optional(Type.Integer({ minimum: 1, maximum: limits.invitationHoursMax })),
        role: Type.Optional(Role),
      },
      strict,
    ),
    output: Type.Object({
      invitations: Type.Array(Invitation),
      /** Addresses of people who are here already: they got none. */
      members: Type.Array(Type.String()),
    }),
    refusals: ['forbidden', 'turned_off', 'limit_reached'],
  }),
  'invitation.list': query({
    summary: 'Invitations that can still be used',
    http: 'GET /invitations',
    scope: 'read',
    input: Nothing,
    output: Type.Object({ invitations: Type.Array(Invitation) }),
  }),
  'invitation.revoke': command({
    summary: 'Make an invitation useless',
    http: 'DELETE /invitations/:invitationId',
    scope: 'write',
    input: Type.Object({ invitationId: Id }, strict),
    output: Nothing,
    refusals: ['not_found'],
  }),
  'invitation.look': query({
    summary: 'What an invitation link leads to, before signing up',
    http: 'GET /invitation-links/:secret',
    scope: 'none',
    overSocket: false,
    input: Type.Object({ secret: Type.String({ minLength: 1, maxLength: 100 }) }, strict),
    output: Type.Object({ workspaceName: Type.String(), invitedBy: Type.String() }),
    refusals: ['gone', 'too_many'],
  }),
  'token.create': command({
    summary: 'Make a personal access token',
    http: 'POST /tokens',
    scope: 'write',
    input: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 80 }),
        scopes: Type.Array(TokenScope, { minItems: 1, maxItems: 3, uniqueItems: true }),
        days: Type.Optional(nullable(Type.Integer({ minimum: 1, maximum: limits.tokenDaysMax }))),
      },
      strict,
    ),
    /** The secret is shown once and kept only as a hash. */
    output: Type.Object({ token: Token, secret: Type.String() }),
    refusals: ['forbidden', 'limit_reached'],
  }),
  'token.list': query({
    summary: 'Your personal access tokens',
    http: 'GET /tokens',
    scope: 'read',
    input: Nothing,
    output: Type.Object({ tokens: Type.Array(Token) }),
  }),
  'token.revoke': command({
    summary: 'Make one of your tokens useless',
    http: 'DELETE /tokens/:tokenId',
    scope: 'write',
    input: Type.Object({ tokenId: Id }, strict),
    output: Nothing,
    refusals: ['not_found'],
  }),
};

/** In the person's own stream; nodes close what hangs on an ended session or token. */
export const sessionEvents = {
  'session.ended': Type.Object({ sessionIds: Type.Array(Id), tokenIds: Type.Array(Id) }),
};
