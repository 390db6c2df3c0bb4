import type { Cases } from '../case.ts';
import type { Scene } from '../scene.ts';

/** One red dot. */
const picture =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVQI12P4z8AAAAMBAQAY3Y2wAAAAAElFTkSuQmCC';
const emojiName = ({ rooms }: Scene): string => `e${rooms.team}`;

/** The workspace and its people. */
export const accountCases = {
  'workspace.setUp': {
    once: {
      tells: ['workspace', 'a new person', 'a new room'],
      run: ({ as }) =>
        as('ann', 'workspace.setUp', {
          workspaceName: 'Works',
          name: 'Olive Owner',
          email: 'olive@example.org',
          password: 'a long password',
        }),
    },
  },
  'workspace.change': {
    'its name': {
      tells: ['workspace'],
      run: ({ as, fresh }) =>
        as('ida', 'workspace.change', { name: fresh(), signUpDomains: ['example.org'] }),
    },
  },
  'emoji.add': {
    'one more': {
      tells: ['workspace'],
      run: (scene) => scene.as('ann', 'emoji.add', { name: emojiName(scene), picture }),
    },
  },
  'emoji.remove': {
    one: {
      tells: ['workspace'],
      prepare: (scene) => scene.as('ann', 'emoji.add', { name: emojiName(scene), picture }),
      run: (scene) => scene.as('ann', 'emoji.remove', { name: emojiName(scene) }),
    },
  },
  'user.create': {
    'by an administrator': {
      tells: ['workspace', 'a new person', 'open'],
      prepare: ({ as, rooms }) => as('ida', 'room.change', { roomId: rooms.open, isDefault: true }),
      run: ({ as, fresh, rooms }) =>
        as('ida', 'user.create', { email: `${fresh()}@example.org`, name: `New ${rooms.team}` }),
    },
  },
  'user.changeProfile': {
    'name and title': {
      tells: ['workspace'],
      run: ({ as }) => as('bob', 'user.changeProfile', { name: 'Robert', title: 'Fitter' }),
    },
  },
  'user.setPicture': {
    'a new one': { tells: ['workspace'], run: ({ as }) => as('bob', 'user.setPicture', { picture }) },
  },
  'user.setStatus': {
    'a new one': {
      tells: ['workspace'],
      run: ({ as }) => as('bob', 'user.setStatus', { status: { text: 'away', emoji: null, until: null } }),
    },
  },
  'user.setPreferences': {
    some: {
      tells: ['bob'],
      run: ({ as }) => as('bob', 'user.setPreferences', { preferences: { theme: 'dark' } }),
    },
    'what notifies': {
      tells: ['bob'],
      run: ({ as }) =>
        as('bob', 'user.setPreferences', {
          preferences: {
            noticeLevel: 'everything',
            keywords: ['tea'],
            quietHours: { days: [0, 6], from: 0, to: 0 },
          },
        }),
    },
  },
  'user.setRole': {
    'to admin': {
      tells: ['workspace'],
      run: ({ as, people }) => as('ida', 'user.setRole', { userId: people.bob.userId, role: 'admin' }),
    },
  },
  'user.deactivate': {
    'a member': {
      tells: ['workspace'],
      run: ({ as, people }) => as('ida', 'user.deactivate', { userId: people.bob.userId }),
    },
  },
  'user.reactivate': {
    'a former member': {
      tells: ['workspace'],
      prepare: ({ as, people }) => as('ida', 'user.deactivate', { userId: people.bob.userId }),
      run: ({ as, people }) => as('ida', 'user.reactivate', { userId: people.bob.userId }),
    },
  },
  'user.resetPassword': {
    'of a member without sessions': {
      tells: [],
      run: ({ as, people }) => as('ida', 'user.resetPassword', { userId: people.bob.userId }),
    },
  },
} as const satisfies Readonly<Record<string, Cases>>;
