import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { AtSign, Baseline, SendHorizontal, Smile } from 'lucide';
import { useApp } from '../../app/app-context.ts';
import { EmojiPopover } from '../../emoji/emoji-popover.tsx';
import { emojiOf } from '../../emoji/emoji-state.ts';
import { AttachButton } from '../../files/attach-button.tsx';
import { useWords } from '../../language/index.ts';
import { isText } from '../../platform/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { useMessagesPlace } from '../messages-context.ts';
import { FormatBar } from './format-bar.tsx';
import type { MessageFieldHandle } from './message-field.tsx';
import { SendLater } from './send-later.tsx';
import { replaceRange } from './text-edit.ts';

/** So few characters before the end it says how many are left. */
const warnChars = 500;

type ToolsProps = {
  field: { current: MessageFieldHandle | null };
  /** Files cannot wait for another time. */
  canSendLater: boolean;
  onLater: (sendAt: number) => Promise<boolean>;
  onFiles: (files: File[]) => void;
  /** what stands at the end, before the choice of times */
  children: ComponentChildren;
};

/** The row of buttons below the field. */
export function ComposerTools({ field, canSendLater, onLater, onFiles, children }: ToolsProps) {
  const { memory, ui } = useApp();
  const words = useWords().composer;
  // Beside the page and on a phone there is no room for all of them.
  const isNarrow = useMessagesPlace().threadId !== null || ui.device.phone.value;
  const formatsName = isNarrow ? 'composer.formats-narrow' : 'composer.formats';
  const [shown, setShown] = useState(
    () => memory.read(formatsName, isText) ?? (isNarrow ? 'hidden' : 'shown'),
  );
  const toggle = (): void => {
    const next = shown === 'shown' ? 'hidden' : 'shown';
    setShown(next);
    memory.write(formatsName, next);
  };
  return (
    <div class="composer__tools">
      <AttachButton onFiles={onFiles} />
      <IconButton
        size="s"
        label={shown === 'shown' ? words.formats.hide : words.formats.show}
        icon={Baseline}
        pressed={shown === 'shown'}
        onClick={toggle}
      />
      {shown === 'shown' && <FormatBar field={field} />}
      <span class="composer__space" />
      <IconButton
        size="s"
        label={words.mention}
        icon={AtSign}
        onClick={() => field.current?.edit((before) => replaceRange(before, before, mentionSign(before)))}
      />
      <EmojiButton field={field} />
      {children}
      <SendLater disabled={!canSendLater} onLater={onLater} />
    </div>
  );
}

/** How many characters may still come, when they are few; or how many are too many. */
export function CharsLeft({ left }: { left: number }) {
  const words = useWords().composer;
  if (left >= warnChars) return null;
  return (
    <span class="composer__left" data-over={left < 0} role="status">
      {left < 0 ? words.tooMany(-left) : left}
    </span>
  );
}

export function SendButton({ canSend, onSend }: { canSend: boolean; onSend: () => void }) {
  const words = useWords().composer;
  return (
    <IconButton
      size="s"
      class="composer__send"
      label={words.send}
      keys="Enter"
      icon={SendHorizontal}
      variant={canSend ? 'primary' : 'quiet'}
      disabled={!canSend}
      onClick={onSend}
    />
  );
}

/** A space goes before it where it would be part of a word. */
function mentionSign({ text, start }: { text: string; start: number }): string {
  return start === 0 || /\s$/.test(text.slice(0, start)) ? '@' : ' @';
}

function EmojiButton({ field }: { field: ToolsProps['field'] }) {
  const words = useWords().composer;
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        ref={setButton}
        size="s"
        label={words.emoji}
        icon={Smile}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open && button && (
        <EmojiPopover
          anchor={button}
          onPick={(choice) => field.current?.edit((before) => replaceRange(before, before, emojiOf(choice)))}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
