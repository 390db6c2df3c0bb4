import { useRef } from 'preact/hooks';
import { useWords } from '../../language/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { useRovingFocus } from '../../ui/roving-focus.ts';
import { formatGroups } from './formats.ts';
import type { MessageFieldHandle } from './message-field.tsx';

/** Buttons for the marks of Markdown. Pressing one does not take the focus; with Tab and arrows one gets there. */
export function FormatBar({ field }: { field: { current: MessageFieldHandle | null } }) {
  const words = useWords().composer.formats;
  const bar = useRef<HTMLDivElement>(null);
  useRovingFocus(bar, { items: '.ui-button', axis: 'inline' });
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its buttons have the focus
    <div
      ref={bar}
      class="format-bar"
      role="toolbar"
      aria-label={words.label}
      onPointerDown={(event) => event.preventDefault()}
    >
      {formatGroups.map((group, index) => (
        <div key={index} class="format-bar__group">
          {group.map(({ name, icon, keys, change }) => (
            <IconButton
              key={name}
              size="s"
              iconSize={16}
              label={words[name]}
              icon={icon}
              keys={keys}
              onClick={() => field.current?.edit(change)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}
