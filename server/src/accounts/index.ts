/**
 * Who belongs to the workspace: the first owner, people whom administrators add, their roles, deactivation.
 * Owns no table; it decides who may change whom. Promises that there is always an owner, exactly, whatever happens at
 * once, and that nobody raises themselves.
 */
import { administers } from '../kit/caller.ts';
import type { Handlers } from '../kit/handlers.ts';
import { Refusal } from '../kit/refusal.ts';
import { listAccounts } from '../users/index.ts';
import type { AccountDeps } from './account-deps.ts';
import { createAccount } from './create-account.ts';
import { deactivate, reactivate } from './deactivate.ts';
import { resetPassword } from './reset-password.ts';
import { setRole } from './set-role.ts';
import { setUp } from './set-up.ts';

export type AccountHandlers = Handlers<
  | 'workspace.setUp'
  | 'user.listAccounts'
  | 'user.create'
  | 'user.setRole'
  | 'user.deactivate'
  | 'user.reactivate'
  | 'user.resetPassword'
>;

export function createAccounts(deps: AccountDeps): { handlers: AccountHandlers } {
  return {
    handlers: {
      'workspace.setUp': (visitor, input) => setUp(deps, visitor, input),
      'user.listAccounts': async (caller, input) => {
        if (!administers(caller)) throw new Refusal('forbidden', { needs: 'admin' });
        return listAccounts(deps.database, input);
      },
      'user.create': (caller, input) => createAccount(deps, caller, input),
      'user.setRole': (caller, input) => setRole(deps, caller, input),
      'user.deactivate': (caller, input) => deactivate(deps, caller, input),
      'user.reactivate': (caller, input) => reactivate(deps, caller, input),
      'user.resetPassword': (caller, input) => resetPassword(deps, caller, input),
    },
  };
}
