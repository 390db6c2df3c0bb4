import type { Cases } from '../case.ts';
import type { Scene } from '../scene.ts';

const password = 'a long password';
const address = ({ rooms }: Scene): string => `signed-in-${rooms.team}@example.org`;

/** Gives bob a password and a session; what he does afterwards goes by it. */
async function signIn(scene: Scene): Promise<void> {
  const { as, people } = scene;
  const { resetToken } = await as('ida', 'user.resetPassword', { userId: people.bob.userId });
  const { sessionId } = await as('bob', 'password.useReset', { token: resetToken, password });
  Object.assign(people.bob, { sessionId });
}

async function emailOf({ as }: Scene): Promise<string> {
  return (await as('bob', 'session.current', {})).email;
}

/** Ways in concern nobody but their owner. */
export const sessionCases = {
  'session.signIn': {
    'with a password': {
      tells: [],
      prepare: signIn,
      run: async (scene) => scene.as('bob', 'session.signIn', { email: await emailOf(scene), password }),
    },
  },
  'session.signUp': {
    'with an invitation': {
      tells: ['workspace', 'a new person', 'open'],
      prepare: async (scene) => {
        await scene.as('ida', 'room.change', { roomId: scene.rooms.open, isDefault: true });
        await scene.as('ida', 'workspace.change', { invitations: 'everyone' });
        const { secret } = await scene.as('ann', 'invitation.create', {});
        scene.said.set('invitation', secret);
      },
      run: (scene) =>
        scene.as('dora', 'session.signUp', {
          email: address(scene),
          name: 'New One',
          password,
          invitation: scene.message('invitation'),
        }),
    },
  },
  'session.signOut': {
    'ends this one': { tells: ['bob'], prepare: signIn, run: ({ as }) => as('bob', 'session.signOut', {}) },
  },
  'session.end': {
    another: {
      tells: ['bob'],
      prepare: async (scene) => {
        await signIn(scene);
        const { sessionId } = await scene.as('bob', 'session.signIn', {
          email: await emailOf(scene),
          password,
        });
        scene.said.set('session', sessionId);
      },
      run: ({ as, message }) => as('bob', 'session.end', { sessionId: message('session') }),
    },
  },
  'session.endOthers': {
    'when there is one': {
      tells: ['bob'],
      prepare: async (scene) => {
        await signIn(scene);
        await scene.as('bob', 'session.signIn', { email: await emailOf(scene), password });
      },
      run: ({ as }) => as('bob', 'session.endOthers', {}),
    },
    'when there is none': { tells: [], prepare: signIn, run: ({ as }) => as('bob', 'session.endOthers', {}) },
  },
  'password.change': {
    'keeps this session': {
      tells: [],
      prepare: signIn,
      run: ({ as }) => as('bob', 'password.change', { current: password, next: 'another long one' }),
    },
  },
  'password.useReset': {
    once: {
      tells: [],
      prepare: async ({ as, people, said }) => {
        const { resetToken } = await as('ida', 'user.resetPassword', { userId: people.bob.userId });
        said.set('reset', resetToken);
      },
      run: ({ as, message }) => as('bob', 'password.useReset', { token: message('reset'), password }),
    },
  },
  'password.forgot': {
    'a link by mail': {
      tells: [],
      run: async (scene) => scene.as('bob', 'password.forgot', { email: await emailOf(scene) }),
    },
  },
  'invitation.send': {
    'to an address': {
      tells: [],
      run: (scene) => scene.as('ida', 'invitation.send', { emails: [address(scene)] }),
    },
  },
  'invitation.create': { 'a link': { tells: [], run: ({ as }) => as('ida', 'invitation.create', {}) } },
  'invitation.revoke': {
    'a link': {
      tells: [],
      prepare: async ({ as, said }) => {
        said.set('invitation', (await as('ida', 'invitation.create', {})).invitation.id);
      },
      run: ({ as, message }) => as('ida', 'invitation.revoke', { invitationId: message('invitation') }),
    },
  },
  'token.create': {
    'a token': { tells: [], run: ({ as }) => as('bob', 'token.create', { name: 'bot', scopes: ['read'] }) },
  },
  'token.revoke': {
    'a token': {
      tells: ['bob'],
      prepare: async ({ as, said }) => {
        said.set('token', (await as('bob', 'token.create', { name: 'bot', scopes: ['read'] })).token.id);
      },
      run: ({ as, message }) => as('bob', 'token.revoke', { tokenId: message('token') }),
    },
  },
} as const satisfies Readonly<Record<string, Cases>>;
