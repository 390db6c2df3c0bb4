/**
 * People: profile, picture, status, preferences, role, password hash. Owns users and images.
 * Promises that handles and addresses are unique, and that every change is told to the workspace.
 * Refuses to know how somebody gets in (sessions/), who may change whom (accounts/), and rooms.
 */
import type { EventLog } from '../delivery/index.ts';
import type { Handlers } from '../kit/handlers.ts';
import type { Images } from '../platform/images/index.ts';
import type { Database } from '../platform/postgres/index.ts';
import { changeProfile } from './change-profile.ts';
import { listUsers } from './list-users.ts';
import { setPicture } from './set-picture.ts';
import { setPreferences } from './set-preferences.ts';
import { setStatus } from './set-status.ts';
import { forUser } from './store.ts';
import { createUsersByIds, isByIds } from './users-by-ids.ts';

export type UserHandlers = Handlers<
  | 'user.get'
  | 'user.list'
  | 'user.changeProfile'
  | 'user.setPicture'
  | 'user.setStatus'
  | 'user.setPreferences'
>;

export function createUsers(deps: { database: Database; log: EventLog; images: Images }): {
  handlers: UserHandlers;
} {
  const { database } = deps;
  const byIds = createUsersByIds(database);
  return {
    handlers: {
      'user.get': async (_, input) => ({ user: await forUser(database, input.userId) }),
      'user.list': (_, input) => (isByIds(input) ? byIds(input) : listUsers(database, input)),
      'user.changeProfile': (caller, input) => changeProfile(deps, caller, input),
      'user.setPicture': (caller, input) => setPicture(deps, caller, input),
      'user.setStatus': (caller, input) => setStatus(deps, caller, input),
      'user.setPreferences': (caller, input) => setPreferences(deps, caller, input),
    },
  };
}

export { admitUser } from './admit-user.ts';
export { findImage, keepImage, makeSmall, removeUnusedImages } from './images.ts';
export { listAccounts } from './list-users.ts';
export { plainEmail } from './rules.ts';
export { setPreferences } from './set-preferences.ts';
export {
  countOwners,
  countUsers,
  findCredentials,
  findHandles,
  findPreferences,
  findUser,
  findUsers,
  forAccount,
  forActing,
  forUser,
  noteSeen,
  setDeactivated,
  setPasswordHash,
  setRoleOf,
} from './store.ts';
export { preferencesView as preferencesOf } from './views.ts';
