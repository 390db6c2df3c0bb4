import type { ComponentType } from 'preact';
import type { Role } from '@confab/protocol';
import type { IconShape } from '../ui/icon.tsx';

export interface PageProps {
  /** What follows the page's name in the address; null for none. */
  readonly section: string | null;
}

/** A page of its own beside the rooms, such as the settings: it draws a `MainFrame`. */
export interface PageEntry {
  /** As in the workspace menu. */
  readonly title: string;
  readonly icon: IconShape;
  /** Whether the menu offers it to somebody. */
  readonly offeredTo: (role: Role) => boolean;
  readonly load: () => Promise<ComponentType<PageProps>>;
}

/** By the first word of their address. */
export const pages: Readonly<Record<string, PageEntry>> = {};
