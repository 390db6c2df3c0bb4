import { useEffect, useState } from 'preact/hooks';
import type { Message, Output } from '@confab/protocol';
import { Refused } from '@confab/client';
import { useApp } from '../app/app-context.ts';
import { RefusedNote } from '../app/list-states.tsx';
import { useWords } from '../language/index.ts';
import { Popover } from '../ui/popover.tsx';
import { SkeletonText } from '../ui/skeleton.tsx';
import { Delayed } from '../ui/spinner.tsx';
import './edited-mark.css';

/** "(edited)" after the last word; opens what the message said before. */
export function EditedMark({ message }: { message: Message }) {
  const { time } = useApp();
  const words = useWords().messages.edits;
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      {' '}
      <button
        ref={setButton}
        type="button"
        class="edited-mark"
        tabIndex={-1}
        aria-expanded={open}
        aria-haspopup="dialog"
        data-tooltip={message.editedAt === null ? undefined : words.at(time.value.full(message.editedAt))}
        onClick={() => setOpen(!open)}
      >
        {words.mark}
      </button>
      {open && button && (
        <Popover anchor={button} sheet onClose={() => setOpen(false)} role="dialog" aria-label={words.title}>
          <EditHistory messageId={message.id} />
        </Popover>
      )}
    </>
  );
}

type Edits = Output<'message.edits'>['edits'];

/** Earlier texts of a message, newest first. */
export function EditHistory({ messageId }: { messageId: string }) {
  const { client, time } = useApp();
  const words = useWords().messages.edits;
  const [edits, setEdits] = useState<Edits | Refused | null>(null);
  useEffect(() => {
    client.call('message.edits', { messageId }).then(
      (answer) => setEdits(answer.edits.toReversed()),
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        setEdits(error);
      },
    );
  }, [messageId]);
  return (
    <div class="edit-history">
      <h3>{words.title}</h3>
      {edits === null && (
        <Delayed>
          <SkeletonText lines={2} />
        </Delayed>
      )}
      {edits instanceof Refused && <RefusedNote refused={edits} />}
      {Array.isArray(edits) && (
        <ol class="edit-history__list">
          {edits.map(({ version, text, at }) => (
            <li key={version}>
              <time>{time.value.full(at)}</time>
              <p dir="auto">{text}</p>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
