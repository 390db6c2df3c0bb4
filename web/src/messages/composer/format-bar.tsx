import { Bold, Code, Italic, Link2, List, ListOrdered, SquareCode, Strikethrough, TextQuote } from 'lucide';
import { useWords, type Words } from '../../language/index.ts';
import { IconButton } from '../../ui/button.tsx';
import type { IconShape } from '../../ui/icon.tsx';
import type { MessageFieldHandle } from './message-field.tsx';
import { fenceCode, makeLink, toggleLines, toggleMark, type TextEdit } from './text-edit.ts';

type Format = {
  label: Exclude<keyof Words['composer']['formats'], 'label' | 'show' | 'hide'>;
  icon: IconShape;
  keys?: string;
  change: (before: TextEdit) => TextEdit;
};

const formats: readonly (Format | null)[] = [
  { label: 'bold', icon: Bold, keys: 'Mod+B', change: (before) => toggleMark(before, '**') },
  { label: 'italic', icon: Italic, keys: 'Mod+I', change: (before) => toggleMark(before, '_') },
  {
    label: 'strike',
    icon: Strikethrough,
    keys: 'Mod+Shift+X',
    change: (before) => toggleMark(before, '~~'),
  },
  { label: 'link', icon: Link2, keys: 'Mod+Shift+U', change: makeLink },
  null,
  { label: 'list', icon: List, keys: 'Mod+Shift+8', change: (before) => toggleLines(before, '- ') },
  {
    label: 'numbers',
    icon: ListOrdered,
    keys: 'Mod+Shift+7',
    change: (before) => toggleLines(before, '1. '),
  },
  { label: 'quote', icon: TextQuote, keys: 'Mod+Shift+9', change: (before) => toggleLines(before, '> ') },
  null,
  { label: 'code', icon: Code, keys: 'Mod+E', change: (before) => toggleMark(before, '`') },
  { label: 'codeBlock', icon: SquareCode, change: fenceCode },
];

/** Buttons for the marks of Markdown. Pressing one does not take the focus. */
export function FormatBar({ field }: { field: { current: MessageFieldHandle | null } }) {
  const words = useWords().composer.formats;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keeps the focus where it is
    <div
      class="format-bar"
      role="group"
      aria-label={words.label}
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
            label={words[format.label]}
            icon={format.icon}
            {...(format.keys === undefined ? {} : { keys: format.keys })}
            onClick={() => field.current?.edit(format.change)}
          />
        ),
      )}
    </div>
  );
}
