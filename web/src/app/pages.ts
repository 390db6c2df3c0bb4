import type { ComponentType } from 'preact';
import { Search, Settings, ShieldCheck, Smile, UserPlus } from 'lucide';
import type { Role, Workspace } from '@confab/protocol';
import { mayInvite } from '../invitations/may.ts';
import type { Words } from '../language/index.ts';
import type { IconShape } from '../ui/icon.tsx';

export interface PageProps {
  /** What follows the page's name in the address; null for none. */
  readonly section: string | null;
}

/** A page of its own beside the rooms, such as the settings: it draws a `MainFrame`. */
export interface PageEntry {
  /** As in the workspace menu. */
  readonly title: (words: Words) => string;
  readonly icon: IconShape;
  /** Whether the menu offers it to somebody. */
  readonly offeredTo: (role: Role, workspace: Workspace | null) => boolean;
  readonly load: () => Promise<ComponentType<PageProps>>;
}

/** By the first word of their address. */
export const pages: Readonly<Record<string, PageEntry>> = {
  search: {
    title: (words) => words.search.title,
    icon: Search,
    offeredTo: () => true,
    load: async () => (await import('../search/search-page.tsx')).SearchPage,
  },
  invitations: {
    title: (words) => words.app.pages.invitations,
    icon: UserPlus,
    offeredTo: mayInvite,
    load: async () => (await import('../invitations/invitations-page.tsx')).InvitationsPage,
  },
  emoji: {
    title: (words) => words.app.pages.emoji,
    icon: Smile,
    offeredTo: () => true,
    load: async () => (await import('../admin/emoji-page.tsx')).EmojiPage,
  },
  settings: {
    title: (words) => words.app.pages.settings,
    icon: Settings,
    offeredTo: () => true,
    load: async () => (await import('../settings/settings-page.tsx')).SettingsPage,
  },
  admin: {
    title: (words) => words.app.pages.admin,
    icon: ShieldCheck,
    offeredTo: (role) => role !== 'member',
    load: async () => (await import('../admin/admin-page.tsx')).AdminPage,
  },
};
