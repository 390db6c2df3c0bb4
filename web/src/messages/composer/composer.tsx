import { useEffect, useState } from 'preact/hooks';
import { AtSign, Baseline, SendHorizontal, Smile, X } from 'lucide';
import { limits } from '@confab/protocol/limits';
import { useApp } from '../../app/app-context.ts';
import { scheduleMessage } from '../../drafts/schedule.ts';
import { EmojiPopover } from '../../emoji/emoji-popover.tsx';
import { emojiOf } from '../../emoji/emoji-state.ts';
import { useWords } from '../../language/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { isText } from '../../platform/index.ts';
import { QuotedWords } from '../quote-view.tsx';
import { useMessagesPlace } from '../messages-context.ts';
import { FormatBar } from './format-bar.tsx';
import { MessageField, type MessageFieldHandle } from './message-field.tsx';
import { runSlashCommand } from './run-slash-command.tsx';
import { ScheduledHere, SendLater } from './send-later.tsx';
import { parseSlashCommand } from './slash-command.ts';
import { replaceRange } from './text-edit.ts';
import { TypingLine } from './typing-line.tsx';
import { useDraft } from './use-draft.ts';
import './composer.css';

type ComposerProps = {
  placeholder: string;
  /** After a message was sent from here. */
  onSent: () => void;
  /** Arrow up in an empty field: edit the last one. */
  onEditLast: () => void;
  autoFocus?: boolean;
  field: { current: MessageFieldHandle | null };
};

/** So few characters before the end it says how many are left. */
const warnChars = 500;

export function Composer({ placeholder, onSent, onEditLast, autoFocus = false, field }: ComposerProps) {
  const app = useApp();
  const words = useWords().composer;
  const place = useMessagesPlace();
  const { room, threadId, quoted } = place;
  const [text, setText] = useDraft(room.id, threadId);
  const [alsoInRoom, setAlsoInRoom] = useState(false);
  const left = limits.messageCharsMax - text.length;
  const canSend = text.trim() !== '' && left >= 0;

  useEffect(() => {
    if (quoted.value) field.current?.focus();
  }, [quoted.value]);

  function write(next: string): void {
    setText(next);
    if (next !== '' && !next.startsWith('/')) app.client.setTyping(room.id, threadId);
  }

  function send(): void {
    if (!canSend) return;
    const command = threadId === null ? parseSlashCommand(text) : null;
    if (command) {
      void runSlashCommand(app, room, command).then((done) => {
        if (done) setText('');
      });
      return;
    }
    app.client.send(room.id, written());
    clear();
    onSent();
  }

  function written(): { text: string; threadId?: string; alsoInRoom?: boolean; quoteId?: string } {
    const quote = quoted.peek();
    return {
      text: text.trimEnd(),
      ...(threadId === null ? {} : { threadId, ...(alsoInRoom ? { alsoInRoom } : {}) }),
      ...(quote ? { quoteId: quote.id } : {}),
    };
  }

  function clear(): void {
    quoted.value = null;
    setAlsoInRoom(false);
    setText('');
  }

  async function sendLater(sendAt: number): Promise<boolean> {
    const done = await scheduleMessage(app, { roomId: room.id, ...written() }, sendAt);
    if (done) clear();
    return done;
  }

  return (
    <div class="composer">
      <div class="message-box" data-over={left < 0}>
        <QuotedNote />
        <MessageField
          label={placeholder}
          placeholder={placeholder}
          roomId={room.id}
          text={text}
          onText={write}
          onSubmit={send}
          onUp={onEditLast}
          onEscape={() => dropQuote(quoted)}
          autoFocus={autoFocus}
          handle={field}
        />
        <ComposerTools field={field} canSend={canSend} left={left} onSend={send} onLater={sendLater} />
      </div>
      <div class="composer__foot">
        {threadId !== null && (
          <Checkbox label={words.alsoInRoom} checked={alsoInRoom} onChecked={setAlsoInRoom} />
        )}
        <TypingLine roomId={room.id} threadId={threadId} />
        <ScheduledHere roomId={room.id} threadId={threadId} />
      </div>
    </div>
  );
}

function dropQuote(quoted: ReturnType<typeof useMessagesPlace>['quoted']): boolean {
  const had = quoted.peek() !== null;
  quoted.value = null;
  return had;
}

/** What will be quoted, with a way to let go of it. */
function QuotedNote() {
  const { quoted } = useMessagesPlace();
  const words = useWords().composer;
  const message = quoted.value;
  if (message === null) return null;
  return (
    <div class="composer__quoted">
      <div class="quote-view">
        <QuotedWords message={message} />
      </div>
      <IconButton size="s" label={words.dropQuote} icon={X} onClick={() => dropQuote(quoted)} />
    </div>
  );
}

type ToolsProps = {
  field: { current: MessageFieldHandle | null };
  canSend: boolean;
  left: number;
  onSend: () => void;
  onLater: (sendAt: number) => Promise<boolean>;
};

function ComposerTools({ field, canSend, left, onSend, onLater }: ToolsProps) {
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
      <IconButton
        size="s"
        label={shown === 'shown' ? words.formats.hide : words.formats.show}
        icon={Baseline}
        pressed={shown === 'shown'}
        onClick={toggle}
      />
      {shown === 'shown' && <FormatBar field={field} />}
      <span class="composer__space" />
      {left < warnChars && (
        <span class="composer__left" data-over={left < 0} role="status">
          {left < 0 ? words.tooMany(-left) : left}
        </span>
      )}
      <IconButton
        size="s"
        label={words.mention}
        icon={AtSign}
        onClick={() => field.current?.edit((before) => replaceRange(before, before, mentionSign(before)))}
      />
      <EmojiButton field={field} />
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
      <SendLater disabled={!canSend} onLater={onLater} />
    </div>
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
