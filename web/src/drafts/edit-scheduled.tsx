import { useState } from 'preact/hooks';
import type { ScheduledMessage } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { useApp, type App } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { firstChoice, readChoice, TimeFields } from '../saved/time-fields.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextArea } from '../ui/field.tsx';

export function openEditScheduled(app: App, scheduled: ScheduledMessage): void {
  app.dialogs.show((close) => <EditScheduled scheduled={scheduled} onClose={close} />);
}

/** Another text or time. One that failed waits again. */
function EditScheduled({ scheduled, onClose }: { scheduled: ScheduledMessage; onClose: () => void }) {
  const { client, attempt } = useApp();
  const words = useWords();
  const said = words.lists.scheduled;
  const [text, setText] = useState(scheduled.text);
  const [chosen, setChosen] = useState(() => firstChoice(scheduled.sendAt));
  const [busy, setBusy] = useState(false);
  const { at, problem } = readChoice(chosen, words);
  const isTextFit = text.trim() !== '' && text.length <= limits.messageCharsMax;
  const save = async (): Promise<void> => {
    if (at === null || !isTextFit || busy) return;
    setBusy(true);
    const change = { scheduledId: scheduled.id, text: text.trimEnd(), sendAt: at };
    const done = await attempt(client.call('scheduled.change', change));
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Dialog
      title={said.editTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.ui.cancel}</Button>
          <Button
            variant="primary"
            busy={busy}
            disabled={at === null || !isTextFit}
            onClick={() => void save()}
          >
            {said.save}
          </Button>
        </>
      }
    >
      <TextArea
        label={said.text}
        dir="auto"
        value={text}
        onText={setText}
        error={
          text.length > limits.messageCharsMax
            ? words.composer.tooMany(text.length - limits.messageCharsMax)
            : undefined
        }
      />
      <TimeFields value={chosen} onValue={setChosen} problem={problem} />
    </Dialog>
  );
}
