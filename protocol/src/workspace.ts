import Type, { type Static } from 'typebox';
import { command, query } from './define.ts';
import { Count, Done, Id, Nothing, Position, nullable, strict } from './shapes.ts';
import { Email, Handle, Password, PersonName, Picture, User } from './users.ts';

const WorkspaceName = Type.String({ minLength: 1, maxLength: 80 });
const Domain = Type.String({ minLength: 3, maxLength: 253, pattern: '^[a-z0-9-]+(\\.[a-z0-9-]+)+$' });

export const Workspace = Type.Object({
  name: Type.String(),
  /** People with an address of these domains may sign up by themselves. */
  signUpDomains: Type.Array(Type.String()),
  /** Who may make invitation links. */
  invitations: Type.Enum(['everyone', 'admins']),
});
export type Workspace = Static<typeof Workspace>;

export const EmojiName = Type.String({ minLength: 2, maxLength: 40, pattern: '^[a-z0-9_+-]+$' });
export const CustomEmoji = Type.Object({ name: EmojiName, picture: Type.String(), addedBy: Id });
export type CustomEmoji = Static<typeof CustomEmoji>;

export const workspaceCalls = {
  'workspace.about': query({
    summary: 'What anybody may know before signing in',
    http: 'GET /about',
    scope: 'none',
    input: Nothing,
    output: Type.Object({
      name: Type.String(),
      setUp: Type.Boolean(),
      openSignUp: Type.Boolean({ description: 'Some address domains may sign up by themselves' }),
      mail: Type.Boolean({ description: 'Password links and invitations can go by mail' }),
      version: Type.String(),
      levels: Type.Array(Count),
    }),
  }),
  'workspace.setUp': command({
    summary: 'Name the workspace and make its owner; works once. Sets the session cookie',
    http: 'POST /set-up',
    scope: 'none',
    overSocket: false,
    input: Type.Object(
      {
        workspaceName: WorkspaceName,
        name: PersonName,
        handle: Type.Optional(Handle),
        email: Email,
        password: Password,
      },
      strict,
    ),
    output: Type.Object({ user: User, sessionId: Id }),
    refusals: ['already_set_up'],
  }),
  'workspace.change': command({
    summary: 'Change the workspace; what is left out stays',
    http: 'PATCH /workspace',
    scope: 'admin',
    input: Type.Object(
      {
        name: Type.Optional(WorkspaceName),
        signUpDomains: Type.Optional(Type.Array(Domain, { maxItems: 50, uniqueItems: true })),
        invitations: Type.Optional(Type.Enum(['everyone', 'admins'])),
      },
      strict,
    ),
    output: Type.Object({ workspace: Workspace, position: Position }),
    refusals: ['forbidden'],
  }),
  'emoji.list': query({
    summary: 'The custom emoji',
    http: 'GET /emoji',
    scope: 'read',
    input: Nothing,
    output: Type.Object({ emoji: Type.Array(CustomEmoji) }),
  }),
  'emoji.add': command({
    summary: 'Add a custom emoji',
    http: 'POST /emoji',
    scope: 'write',
    input: Type.Object({ name: EmojiName, picture: Picture }, strict),
    output: Type.Object({ emoji: CustomEmoji, position: Position }),
    refusals: ['taken', 'unusable_picture', 'limit_reached'],
  }),
  'emoji.remove': command({
    summary: 'Remove a custom emoji: whoever added it, or an admin',
    http: 'DELETE /emoji/:name',
    scope: 'write',
    input: Type.Object({ name: EmojiName }, strict),
    output: Done,
    refusals: ['not_found', 'forbidden'],
  }),
  'workspace.statistics': query({
    summary: 'Messages and active people per day, for administrators',
    http: 'GET /statistics',
    scope: 'admin',
    input: Type.Object({ days: Type.Optional(Type.Integer({ minimum: 1, maximum: 366 })) }, strict),
    output: Type.Object({
      days: Type.Array(Type.Object({ day: Type.String(), messages: Count, people: Count })),
      people: Count,
      rooms: Count,
      messages: nullable(Count),
    }),
    refusals: ['forbidden'],
  }),
};

export const workspaceEvents = {
  'workspace.changed': Type.Object({ workspace: Workspace }),
  'emoji.added': Type.Object({ emoji: CustomEmoji }),
  'emoji.removed': Type.Object({ name: EmojiName }),
};
