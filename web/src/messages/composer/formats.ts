/** The marks of Markdown that have a button and keys. */
import { Bold, Code, Italic, Link2, List, ListOrdered, SquareCode, Strikethrough, TextQuote } from 'lucide';
import type { IconShape } from '../../ui/icon.tsx';
import { fenceCode, makeLink, toggleLines, toggleMark, type TextEdit } from './text-edit.ts';

export interface Format {
  /** in the words of the composer */
  readonly name: 'bold' | 'italic' | 'strike' | 'link' | 'list' | 'numbers' | 'quote' | 'code' | 'codeBlock';
  readonly icon: IconShape;
  readonly keys: string;
  readonly change: (before: TextEdit) => TextEdit;
}

/** In groups, as they stand beside each other. */
export const formatGroups: readonly (readonly Format[])[] = [
  [
    { name: 'bold', icon: Bold, keys: 'Mod+B', change: (before) => toggleMark(before, '**') },
    { name: 'italic', icon: Italic, keys: 'Mod+I', change: (before) => toggleMark(before, '_') },
    {
      name: 'strike',
      icon: Strikethrough,
      keys: 'Mod+Shift+X',
      change: (before) => toggleMark(before, '~~'),
    },
    { name: 'link', icon: Link2, keys: 'Mod+Shift+U', change: makeLink },
  ],
  [
    { name: 'list', icon: List, keys: 'Mod+Shift+8', change: (before) => toggleLines(before, '- ') },
    {
      name: 'numbers',
      icon: ListOrdered,
      keys: 'Mod+Shift+7',
      change: (before) => toggleLines(before, '1. '),
    },
    { name: 'quote', icon: TextQuote, keys: 'Mod+Shift+9', change: (before) => toggleLines(before, '> ') },
  ],
  [
    { name: 'code', icon: Code, keys: 'Mod+E', change: (before) => toggleMark(before, '`') },
    { name: 'codeBlock', icon: SquareCode, keys: 'Mod+Shift+E', change: fenceCode },
  ],
];
