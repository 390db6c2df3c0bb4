import Type, { type Static } from 'typebox';
import { command, query } from './define.ts';
import { limits } from './limits.ts';
import { Count, Cursor, Done, Id, PageSize, Position, Time, nullable, strict } from './shapes.ts';

export const Role = Type.Enum(['owner', 'admin', 'member']);
export type Role = Static<typeof Role>;

export const Email = Type.String({
  minLength: 3,
  maxLength: limits.emailCharsMax,
  pattern: '^[^\\s@<>"]+@[^\\s@<>"]+$',
});
export const Handle = Type.String({
  minLength: 1,
  maxLength: limits.handleCharsMax,
  pattern: '^[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?$',
  description: 'Lower-case letters, digits, dot, dash and underscore; what follows the @ in a mention',
});
export const PersonName = Type.String({ minLength: 1, maxLength: limits.nameCharsMax });
export const Password = Type.String({
  minLength: limits.passwordCharsMin,
  maxLength: limits.passwordCharsMax,
});
/** Base64 of a PNG, JPEG, WebP or GIF. */
export const Picture = Type.String({
  minLength: 1,
  maxLength: Math.ceil(limits.pictureBytesMax / 3) * 4,
  pattern: '^[A-Za-z0-9+/]+={0,2}$',
});

export const Status = Type.Object(
  {
    text: Type.String({ maxLength: limits.statusCharsMax }),
    emoji: nullable(Type.String({ maxLength: 64 })),
    /** Shown until then; null for ever. Whoever shows it checks the time. */
    until: nullable(Time),
  },
  strict,
);
export type Status = Static<typeof Status>;

/** What everyone in the workspace sees of a person. */
export const User = Type.Object({
  id: Id,
  handle: Type.String(),
  name: Type.String(),
  title: Type.String(),
  timeZone: Type.String({ description: 'IANA name' }),
  /** Path segment for GET /images/:hash; null shows initials. */
  picture: nullable(Type.String()),
  status: nullable(Status),
  role: Role,
  deactivated: Type.Boolean(),
  joinedAt: Time,
});
export type User = Static<typeof User>;

/** What a person and the administrators see besides. */
export const Account = Type.Object({ user: User, email: Type.String(), lastSeenAt: nullable(Time) });
export type Account = Static<typeof Account>;

const Keyword = Type.String({ minLength: 1, maxLength: limits.keywordCharsMax });
const MinuteOfDay = Type.Integer({ minimum: 0, maximum: 1_439 });

const QuietHours = Type.Object(
  {
    /** On which they begin, 0 is Sunday. */
    days: Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), {
      minItems: 1,
      maxItems: 7,
      uniqueItems: true,
    }),
    /** Minutes since midnight. */
    from: MinuteOfDay,
    /** On the next day when it is not after `from`. */
    to: MinuteOfDay,
  },
  strict,
);

export const Preferences = Type.Object(
  {
    theme: Type.Enum(['system', 'light', 'dark']),
    density: Type.Enum(['comfortable', 'compact']),
    timeFormat: Type.Enum(['locale', '12', '24']),
    language: Type.String({ maxLength: 35 }),
    /** Do not disturb until then; null when it is off. */
    doNotDisturbUntil: nullable(Time),
    /** What deserves a notification in rooms that leave it to this. */
    noticeLevel: Type.Enum(['everything', 'mentions', 'nothing']),
    /** A message with one of them as a whole word, whatever its case and accents, notifies like a mention. */
    keywords: Type.Array(Keyword, { maxItems: limits.keywordsMax, uniqueItems: true }),
    /** Do not disturb at these hours of the person's time zone; null: at any. */
    quietHours: nullable(QuietHours),
    /** Quiet hours do not hold until then: somebody ended them early. Null when nobody did. */
    quietHoursSkippedUntil: nullable(Time),
    /** Away for how long, before what was missed comes by mail. */
    missedMail: Type.Enum(['never', 'quarter', 'hour', 'day']),
    /** Such mail says only that there is something new. */
    missedMailHidesContent: Type.Boolean(),
  },
  strict,
);
export type Preferences = Static<typeof Preferences>;

export const userCalls = {
  'user.get': query({
    summary: 'One person',
    http: 'GET /users/:userId',
    scope: 'read',
    input: Type.Object({ userId: Id }, strict),
    output: Type.Object({ user: User }),
    refusals: ['not_found'],
  }),
  'user.list': query({
    summary: 'People, by name, by the start of name or handle, or by ids',
    http: 'GET /users',
    scope: 'read',
    input: Type.Object(
      {
        search: Type.Optional(Type.String({ maxLength: 80 })),
        ids: Type.Optional(Type.Array(Id, { maxItems: limits.pageMax })),
        deactivated: Type.Optional(Type.Boolean({ description: 'Also those who were deactivated' })),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(PageSize),
      },
      strict,
    ),
    output: Type.Object({ users: Type.Array(User), next: nullable(Cursor) }),
  }),
  'user.listAccounts': query({
    summary: 'People with their addresses, for administrators',
    http: 'GET /accounts',
    scope: 'admin',
    input: Type.Object(
      {
        search: Type.Optional(Type.String({ maxLength: 80 })),
        cursor: Type.Optional(Cursor),
        limit: Type.Optional(PageSize),
      },
      strict,
    ),
    output: Type.Object({ accounts: Type.Array(Account), total: Count, next: nullable(Cursor) }),
    refusals: ['forbidden'],
  }),
  'user.create': command({
    summary: 'Add a person; answers with a link with which they set their password',
    http: 'POST /users',
    scope: 'admin',
    input: Type.Object(
      {
        email: Email,
        name: PersonName,
        handle: Type.Optional(Handle),
        role: Type.Optional(Role),
        password: Type.Optional(Password),
      },
      strict,
    ),
    output: Type.Object({ user: User, resetToken: nullable(Type.String()), position: Position }),
    refusals: ['forbidden', 'taken'],
  }),
  'user.changeProfile': command({
    summary: 'Change your own profile; what is left out stays',
    http: 'PATCH /me',
    scope: 'write',
    input: Type.Object(
      {
        name: Type.Optional(PersonName),
        handle: Type.Optional(Handle),
        title: Type.Optional(Type.String({ maxLength: limits.titleCharsMax })),
        timeZone: Type.Optional(Type.String({ maxLength: 64 })),
      },
      strict,
    ),
    output: Type.Object({ user: User, position: Position }),
    refusals: ['taken'],
  }),
  'user.setPicture': command({
    summary: 'Set or (null) remove your picture',
    http: 'PUT /me/picture',
    scope: 'write',
    input: Type.Object({ picture: nullable(Picture) }, strict),
    output: Type.Object({ user: User, position: Position }),
    refusals: ['unusable_picture', 'too_large'],
  }),
  'user.setStatus': command({
    summary: 'Set or (null) clear your status',
    http: 'PUT /me/status',
    scope: 'write',
    input: Type.Object({ status: nullable(Status) }, strict),
    output: Type.Object({ user: User, position: Position }),
  }),
  'user.setPreferences': command({
    summary: 'Change your preferences; what is left out stays',
    http: 'PATCH /me/preferences',
    scope: 'write',
    input: Type.Object({ preferences: Type.Partial(Preferences, strict) }, strict),
    output: Type.Object({ preferences: Preferences, position: Position }),
    refusals: ['invalid'],
  }),
  'user.setRole': command({
    summary: 'Make someone owner, admin or member',
    http: 'PUT /users/:userId/role',
    scope: 'admin',
    input: Type.Object({ userId: Id, role: Role }, strict),
    output: Done,
    refusals: ['not_found', 'forbidden', 'last_owner'],
  }),
  'user.deactivate': command({
    summary: 'End all sessions and tokens of a person and keep what they wrote',
    http: 'POST /users/:userId/deactivate',
    scope: 'admin',
    input: Type.Object({ userId: Id }, strict),
    output: Done,
    refusals: ['not_found', 'forbidden', 'last_owner'],
  }),
  'user.reactivate': command({
    summary: 'Let a person in again',
    http: 'POST /users/:userId/reactivate',
    scope: 'admin',
    input: Type.Object({ userId: Id }, strict),
    output: Done,
    refusals: ['not_found', 'forbidden'],
  }),
  'user.resetPassword': command({
    summary: 'Make a link with which a person sets a new password; ends their sessions',
    http: 'POST /users/:userId/reset-password',
    scope: 'admin',
    input: Type.Object({ userId: Id }, strict),
    output: Type.Object({ resetToken: Type.String(), expiresAt: Time }),
    refusals: ['not_found', 'forbidden'],
  }),
};

export const userEvents = {
  'user.joined': Type.Object({ user: User }),
  'user.changed': Type.Object({ user: User }),
};

/** In the person's own stream. */
export const ownUserEvents = {
  'preferences.changed': Type.Object({ preferences: Preferences }),
};
