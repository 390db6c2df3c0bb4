import { Bold, Code, Italic, Link2, List, ListOrdered, SquareCode, Strikethrough, TextQuote } from 'lucide';
import { IconButton } from '../../ui/button.tsx';
import type { IconShape } from '../../ui/icon.tsx';
import type { MessageFieldHandle } from './message-field.tsx';
import { fenceCode, makeLink, toggleLines, toggleMark, type TextEdit } from './text-edit.ts';

type Format = { label: string; icon: IconShape; keys?: string; change: (before: TextEdit) => TextEdit };

const formats: readonly (Format | null)[] = [
  { label: 'Bold', icon: Bold, keys: 'Mod+B', change: (before) => toggleMark(before, '**') },
  { label: 'Italic', icon: Italic, keys: 'Mod+I', change: (before) => toggleMark(before, '_') },
  {
    label: 'Strike through',
    icon: Strikethrough,
    keys: 'Mod+Shift+X',
    change: (before) => toggleMark(before, '~~'),
  },
  { label: 'Link', icon: Link2, keys: 'Mod+Shift+U', change: makeLink },
  null,
  { label: 'List', icon: List, keys: 'Mod+Shift+8', change: (before) => toggleLines(before, '- ') },
  {
    label: 'Numbered list',
    icon: ListOrdered,
    keys: 'Mod+Shift+7',
    change: (before) => toggleLines(before, '1. '),
  },
  { label: 'Quote', icon: TextQuote, keys: 'Mod+Shift+9', change: (before) => toggleLines(before, '> ') },
  null,
  { label: 'Code', icon: Code, keys: 'Mod+E', change: (before) => toggleMark(before, '`') },
  { label: 'Block of code', icon: SquareCode, change: fenceCode },
];

/** Buttons for the marks of Markdown. Pressing one does not take the focus. */
export function FormatBar({ field }: { field: { current: MessageFieldHandle | null } }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keeps the focus where it is
    <div
      class="format-bar"
      role="group"
      aria-label="Formatting"
      onPointerDown={(event) => event.preventDefault()}
    >
      {formats.map((format, index) =>
        format === null ? (
          <span key={index} class="format-bar__gap" aria-hidden="true" />
        ) : (
          <IconButton
            key={format.label}
            size="s"
            iconSize={16}
            tabIndex={-1}
            label={format.label}
            icon={format.icon}
            {...(format.keys === undefined ? {} : { keys: format.keys })}
            onClick={() => field.current?.edit(format.change)}
          />
        ),
      )}
    </div>
  );
}
