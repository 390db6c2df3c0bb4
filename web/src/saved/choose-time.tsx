import { useState } from 'preact/hooks';
import { useWords } from '../language/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { firstChoice, readChoice, TimeFields } from './time-fields.tsx';

export type ChooseTimeProps = {
  title: string;
  /** a verb */
  confirmLabel: string;
  daysMax: number;
  /** What it is now, when it is to be changed. */
  present?: number;
  /** Answers whether it was done; then the dialog closes. */
  onChoose: (at: number) => Promise<boolean>;
  onClose: () => void;
};

/** Asks for a date and a time ahead. */
export function ChooseTime(props: ChooseTimeProps) {
  const { title, confirmLabel, daysMax, present = null, onChoose, onClose } = props;
  const words = useWords();
  const [chosen, setChosen] = useState(() => firstChoice(present));
  const [busy, setBusy] = useState(false);
  const { at, problem } = readChoice(chosen, words, daysMax);
  const submit = async (): Promise<void> => {
    if (at === null || busy) return;
    setBusy(true);
    const done = await onChoose(at);
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog
      title={title}
      size="s"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.ui.cancel}</Button>
          <Button variant="primary" busy={busy} disabled={at === null} onClick={() => void submit()}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      <TimeFields value={chosen} onValue={setChosen} problem={problem} />
    </Dialog>
  );
}
