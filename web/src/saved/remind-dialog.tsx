import { useState } from 'preact/hooks';
import type { Message } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { now } from '../platform/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import { reminderTimes } from './later-times.ts';
import { laterText } from './later-text.ts';
import { remindOf } from './reminders.ts';
import { firstChoice, readChoice, TimeFields } from './time-fields.tsx';

export type RemindDialogProps = { message: Message; onClose: () => void };

/** When one wants to be reminded of a message: soon with one press, or at any time. */
export function RemindDialog({ message, onClose }: RemindDialogProps) {
  const app = useApp();
  const words = useWords();
  const { remind } = words.messages;
  const [note, setNote] = useState('');
  const [chosen, setChosen] = useState(() => firstChoice());
  const [busy, setBusy] = useState(false);
  const { at, problem } = readChoice(chosen, words, limits.reminderDaysMax);
  const set = async (remindAt: number | null): Promise<void> => {
    if (remindAt === null || busy) return;
    setBusy(true);
    const done = await remindOf(app, message, { at: remindAt, note });
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog
      title={remind.title}
      size="s"
      onClose={onClose}
      actions={
        <Button variant="primary" busy={busy} disabled={at === null} onClick={() => void set(at)}>
          {remind.submit}
        </Button>
      }
    >
      <div class="remind-choices">
        {reminderTimes(now()).map((one) => (
          <Button key={one.name} size="s" onClick={() => void set(one.at)}>
            {laterText(words, app.time.value, one)}
          </Button>
        ))}
      </div>
      <TimeFields value={chosen} onValue={setChosen} problem={problem} />
      <TextField
        label={remind.note}
        hint={remind.noteHint}
        value={note}
        maxLength={limits.reminderNoteCharsMax}
        onText={setNote}
      />
    </Dialog>
  );
}
