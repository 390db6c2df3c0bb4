import { useEffect, useState } from 'preact/hooks';
import { Plus, X } from 'lucide';
import { limits } from '@confab/protocol/limits';
import { useApp } from '../../app/app-context.ts';
import { scheduleMessage } from '../../drafts/schedule.ts';
import { useWords } from '../../language/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { QuotedWords } from '../quote-view.tsx';
import { useMessagesPlace } from '../messages-context.ts';
import { CharsLeft, ComposerTools, SendButton } from './composer-tools.tsx';
import { MessageField, type MessageFieldHandle } from './message-field.tsx';
import { runSlashCommand } from './run-slash-command.tsx';
import { ScheduledHere } from './send-later.tsx';
import { parseSlashCommand } from './slash-command.ts';
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

export function Composer({ placeholder, onSent, onEditLast, autoFocus = false, field }: ComposerProps) {
  const app = useApp();
  const words = useWords().composer;
  const place = useMessagesPlace();
  const { room, threadId, quoted } = place;
  const [text, setText] = useDraft(room.id, threadId);
  const [alsoInRoom, setAlsoInRoom] = useState(false);
  const low = app.ui.device.low.value;
  const [unfolded, setUnfolded] = useState(false);
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
    <div class="composer" data-low={low}>
      <div class="message-box" data-over={left < 0}>
        <QuotedNote />
        {low && <MoreTools unfolded={unfolded} onUnfold={setUnfolded} />}
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
        {low && (
          <div class="composer__end">
            <CharsLeft left={left} />
            <SendButton canSend={canSend} onSend={send} />
          </div>
        )}
        {(!low || unfolded) && (
          <ComposerTools field={field} canSend={canSend} onLater={sendLater}>
            {!low && (
              <>
                <CharsLeft left={left} />
                <SendButton canSend={canSend} onSend={send} />
              </>
            )}
          </ComposerTools>
        )}
      </div>
      {(!low || unfolded) && (
        <div class="composer__foot">
          {threadId !== null && (
            <Checkbox label={words.alsoInRoom} checked={alsoInRoom} onChecked={setAlsoInRoom} />
          )}
          <TypingLine roomId={room.id} threadId={threadId} />
          <ScheduledHere roomId={room.id} threadId={threadId} />
        </div>
      )}
    </div>
  );
}

/** Where there is no height for them, all but writing and sending waits behind one button. */
function MoreTools({ unfolded, onUnfold }: { unfolded: boolean; onUnfold: (unfolded: boolean) => void }) {
  const words = useWords().composer.tools;
  return (
    <IconButton
      class="composer__more"
      size="s"
      label={unfolded ? words.hide : words.show}
      icon={Plus}
      aria-expanded={unfolded}
      onClick={() => onUnfold(!unfolded)}
    />
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
