import { useApp } from '../app/app-context.ts';
import { lazy } from '../app/lazy.tsx';
import { useWords } from '../language/index.ts';
import type { EmojiPickerProps } from '../ui/emoji-picker.tsx';
import type { EmojiChoice } from '../ui/emoji-rows.ts';
import { Popover, type Anchor, type Placement } from '../ui/popover.tsx';

const LazyPicker = lazy<EmojiPickerProps>(async () => (await import('../ui/emoji-picker.tsx')).EmojiPicker);

type EmojiPopoverProps = {
  anchor: Anchor;
  placement?: Placement;
  onPick: (choice: EmojiChoice) => void;
  onClose: () => void;
};

/** The picker beside what opened it; closes after one was picked. */
export function EmojiPopover({ anchor, placement = 'top-end', onPick, onClose }: EmojiPopoverProps) {
  const { emoji } = useApp();
  const words = useWords().messages.emoji;
  return (
    <Popover
      anchor={anchor}
      placement={placement}
      sheet
      onClose={onClose}
      role="dialog"
      aria-label={words.choose}
    >
      <LazyPicker
        load={emoji.load}
        recent={emoji.recent.value}
        own={emoji.own()}
        tone={emoji.tone.value}
        onTone={emoji.setTone}
        onPick={(choice) => {
          emoji.used(choice);
          onClose();
          onPick(choice);
        }}
      />
    </Popover>
  );
}
