import { useState } from 'preact/hooks';
import type { Message } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { Popover } from '../ui/popover.tsx';
import { EditHistory } from './edit-history.tsx';
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
          <div class="edit-history">
            <h3>{words.title}</h3>
            <EditHistory messageId={message.id} />
          </div>
        </Popover>
      )}
    </>
  );
}
