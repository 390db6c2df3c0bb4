import { useState } from 'preact/hooks';
import { Smile } from 'lucide';
import { EmojiMark } from '../emoji/emoji-mark.tsx';
import { EmojiPopover } from '../emoji/emoji-popover.tsx';
import { emojiOf } from '../emoji/emoji-state.ts';
import { useWords } from '../language/index.ts';
import { Icon } from '../ui/icon.tsx';
import './emoji-button.css';

/** One emoji, chosen from the picker; null for none yet. */
export function EmojiButton({ emoji, onEmoji }: { emoji: string | null; onEmoji: (emoji: string) => void }) {
  const words = useWords().people;
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={setButton}
        type="button"
        class="emoji-button"
        aria-label={words.chooseEmoji}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {emoji === null ? <Icon of={Smile} size={20} /> : <EmojiMark emoji={emoji} />}
      </button>
      {open && button && (
        <EmojiPopover
          anchor={button}
          placement="bottom-start"
          onPick={(choice) => onEmoji(emojiOf(choice))}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
