import type { Role, Workspace } from '@confab/protocol';

/** What may be offered; the server decides. */
export function mayInvite(role: Role | undefined, workspace: Workspace | null): boolean {
  if (role === undefined || workspace === null) return false;
  return role !== 'member' || workspace.invitations === 'everyone';
}

/** Nobody gives more than they have. */
export function rolesToGive(role: Role | undefined): readonly Role[] {
  if (role === 'owner') return ['member', 'admin', 'owner'];
  return role === 'admin' ? ['member', 'admin'] : ['member'];
}
