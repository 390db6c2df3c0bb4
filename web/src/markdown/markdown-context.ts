import { createContext, type ComponentChildren } from 'preact';
import type { Highlighter } from './highlighter.ts';

/** What the text points to, drawn by whoever knows it. null: nothing such is known, and the text is shown as it was written. */
export type MarkdownSurroundings = {
  mention: (handle: string) => ComponentChildren | null;
  everyone: (who: 'all' | 'here') => ComponentChildren | null;
  room: (name: string) => ComponentChildren | null;
  emoji: (shortcode: string) => ComponentChildren | null;
  /** A press on a link; prevent its default to follow it otherwise. */
  onLink?: (href: string, event: MouseEvent) => void;
  /** without one, code has no colours */
  highlighter?: Highlighter;
};

const nothing = (): null => null;

export const MarkdownContext = createContext<MarkdownSurroundings>({
  mention: nothing,
  everyone: nothing,
  room: nothing,
  emoji: nothing,
});
