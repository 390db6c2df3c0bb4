import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Plus, X } from 'lucide';
import { useApp } from '../../app/app-context.ts';
import { UploadTray } from '../../files/upload-tray.tsx';
import { useDropping } from '../../files/use-attaching.ts';
import { useWords } from '../../language/index.ts';
import { IconButton } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { QuotedWords } from '../quote-view.tsx';
import { useMessagesPlace } from '../messages-context.ts';
import { CharsLeft, ComposerTools, SendButton } from './composer-tools.tsx';
import { MessageField, type MessageFieldHandle } from './message-field.tsx';
import { ScheduledHere } from './send-later.tsx';
import { TypingLine } from './typing-line.tsx';
import { useWriting, type Writing } from './use-writing.ts';
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
  const { ui, words } = useApp();
  const { room, threadId, quoted } = useMessagesPlace();
  const writing = useWriting(onSent);
  const { text, attaching, left, canSend } = writing;
  const low = ui.device.low.value;
  const [unfolded, setUnfolded] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const isDropping = useDropping(root, attaching.add);

  useLayoutEffect(() => {
    if (quoted.value) field.current?.focus();
  }, [quoted.value]);

  return (
    <div class="composer" data-low={low} ref={root}>
      {isDropping && <div class="drop-target">{words.value.files.drop}</div>}
      <div
        class="message-box"
        data-over={left < 0}
        onPasteCapture={(event) => {
          const files = pastedFiles(event);
          if (files.length > 0) attaching.add(files);
        }}
      >
        <QuotedNote />
        <Tray writing={writing} field={field} />
        {low && <MoreTools unfolded={unfolded} onUnfold={setUnfolded} />}
        <MessageField
          label={placeholder}
          placeholder={placeholder}
          roomId={room.id}
          text={text}
          onText={writing.write}
          onSubmit={writing.send}
          onUp={onEditLast}
          onEscape={() => dropQuote(quoted)}
          autoFocus={autoFocus}
          handle={field}
        />
        {low && (
          <div class="composer__end">
            <CharsLeft left={left} />
            <SendButton canSend={canSend} onSend={writing.send} />
          </div>
        )}
        {(!low || unfolded) && (
          <ComposerTools
            field={field}
            canSendLater={canSend && attaching.uploads.length === 0}
            onLater={writing.sendLater}
            onFiles={attaching.add}
          >
            {!low && (
              <>
                <CharsLeft left={left} />
                <SendButton canSend={canSend} onSend={writing.send} />
              </>
            )}
          </ComposerTools>
        )}
      </div>
      {(!low || unfolded) && (
        <div class="composer__foot">
          {threadId !== null && (
            <Checkbox
              label={words.value.composer.alsoInRoom}
              checked={writing.alsoInRoom}
              onChecked={writing.setAlsoInRoom}
            />
          )}
          <TypingLine roomId={room.id} threadId={threadId} />
          <ScheduledHere roomId={room.id} threadId={threadId} />
        </div>
      )}
    </div>
  );
}

function Tray({ writing, field }: { writing: Writing; field: ComposerProps['field'] }) {
  const { attaching, isSending, dontSend } = writing;
  if (attaching.uploads.length === 0) return null;
  return (
    <UploadTray
      uploads={attaching.uploads}
      isSending={isSending}
      onDontSend={dontSend}
      onRemoved={() => field.current?.focus()}
    />
  );
}

/** Programs that copy words often add a picture of them: then the words are meant. */
function pastedFiles(event: ClipboardEvent): File[] {
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return [];
  event.preventDefault();
  event.stopPropagation();
  return files;
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
