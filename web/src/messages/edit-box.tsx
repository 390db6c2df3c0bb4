import { useRef, useState } from 'preact/hooks';
import type { Message } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { Refused } from '@confab/client';
import { useApp } from '../app/app-context.ts';
import { refusalText, useWords } from '../language/index.ts';
import { Button } from '../ui/button.tsx';
import { confirmDelete } from './delete-message.tsx';
import { MessageField, type MessageFieldHandle } from './composer/message-field.tsx';
import { useMessagesPlace } from './messages-context.ts';
import './edit-box.css';

/** A message being changed, in its own place. Emptied, it asks whether to delete. */
export function EditBox({ message }: { message: Message }) {
  const app = useApp();
  const words = useWords();
  const place = useMessagesPlace();
  const field = useRef<MessageFieldHandle>(null);
  const [text, setText] = useState(message.text);
  const [version, setVersion] = useState(message.version);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const isTooLong = text.length > limits.messageCharsMax;

  function close(): void {
    place.editing.value = null;
    place.focusComposer();
  }

  async function save(): Promise<void> {
    if (busy || isTooLong) return;
    if (text.trim() === '') return confirmDelete(app, message);
    if (text === message.text) return close();
    setBusy(true);
    try {
      const done = await app.client.call('message.edit', {
        messageId: message.id,
        text: text.trimEnd(),
        version,
      });
      await app.client.reached(done.position);
      close();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const now = error.data['version'];
      if (error.code === 'conflict' && typeof now === 'number') {
        setVersion(now);
        setProblem(words.messages.edit.conflict);
      } else setProblem(refusalText(words, error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <div class="edit-box">
      <div class="message-box" data-over={isTooLong}>
        <MessageField
          label={words.messages.edit.label}
          roomId={message.roomId}
          text={text}
          onText={setText}
          onSubmit={() => void save()}
          onEscape={() => {
            close();
            return true;
          }}
          autoFocus
          handle={field}
        />
      </div>
      {problem !== null && (
        <p class="edit-box__problem" role="alert">
          {problem}
        </p>
      )}
      <div class="edit-box__actions">
        <Button size="s" onClick={close}>
          {words.ui.cancel}
        </Button>
        <Button size="s" variant="primary" busy={busy} disabled={isTooLong} onClick={() => void save()}>
          {words.messages.edit.save}
        </Button>
      </div>
    </div>
  );
}
