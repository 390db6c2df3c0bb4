import type { CustomEmoji, Workspace } from '@confab/protocol';

export interface WorkspaceRow {
  name: string;
  sign_up_domains: string[];
  invitations: Workspace['invitations'];
}

export function workspaceView(row: WorkspaceRow): Workspace {
  return { name: row.name, signUpDomains: row.sign_up_domains, invitations: row.invitations };
}

export interface EmojiRow {
  name: string;
  picture: string;
  added_by: string;
}

export function emojiView(row: EmojiRow): CustomEmoji {
  return { name: row.name, picture: row.picture, addedBy: row.added_by };
}
