import { useState } from 'preact/hooks';
import { Refused } from '@confab/client';
import type { App } from '../app/app-context.ts';
import { refusalText, useWords } from '../language/index.ts';
import { now } from '../platform/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { RoomList } from './room-list.ts';

export function openDateJump(app: App, list: RoomList): void {
  app.dialogs.show((close) => <DateJump app={app} list={list} onClose={close} />);
}

const dayMs = 24 * 60 * 60_000;

/** To the first message of a day. */
function DateJump({ app, list, onClose }: { app: App; list: RoomList; onClose: () => void }) {
  const words = useWords().messages.dateJump;
  const [busy, setBusy] = useState(false);
  const [date, setDate] = useState('');
  const today = app.time.value.dayKey(now());

  async function go(at: number): Promise<void> {
    setBusy(true);
    try {
      await list.goTo({ at });
      onClose();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      app.ui.toasts.show({ text: refusalText(app.words.value, error), tone: 'danger' });
    } finally {
      setBusy(false);
    }
  }

  const quick = [
    { label: words.yesterday, at: startOf(now() - dayMs) },
    { label: words.lastWeek, at: startOf(now() - 7 * dayMs) },
    { label: words.lastMonth, at: startOf(now() - 30 * dayMs) },
    { label: words.beginning, at: 0 },
  ];
  return (
    <Dialog
      title={words.title}
      size="s"
      onClose={onClose}
      actions={
        <Button
          variant="primary"
          busy={busy}
          disabled={date === ''}
          onClick={() => void go(new Date(`${date}T00:00:00`).getTime())}
        >
          {words.jump}
        </Button>
      }
    >
      <div class="date-jump">
        {quick.map(({ label, at }) => (
          <Button key={label} size="s" onClick={() => void go(at)}>
            {label}
          </Button>
        ))}
      </div>
      <label class="date-jump__field">
        <span class="ui-field__label">{words.date}</span>
        <span class="ui-input">
          <input
            type="date"
            max={today}
            value={date}
            onInput={(event) => setDate(event.currentTarget.value)}
          />
        </span>
      </label>
    </Dialog>
  );
}

function startOf(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
