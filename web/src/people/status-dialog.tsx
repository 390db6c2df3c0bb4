import { useState } from 'preact/hooks';
import { Smile } from 'lucide';
import type { Status } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { useApp, type App } from '../app/app-context.ts';
import { EmojiMark } from '../emoji/emoji-mark.tsx';
import { EmojiPopover } from '../emoji/emoji-popover.tsx';
import { emojiOf } from '../emoji/emoji-state.ts';
import { now } from '../platform/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Select, TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { endOfDay, endOfWeek, untilWords } from './do-not-disturb.ts';
import { isCurrent } from './status-line.tsx';
import './status-dialog.css';

export function openStatusDialog(app: App): void {
  app.dialogs.show((close) => <StatusDialog onClose={close} />);
}

const minuteMs = 60_000;

const lengths = [
  { value: 'for-ever', label: 'Don’t clear', until: () => null },
  { value: 'half-hour', label: '30 minutes', until: () => now() + 30 * minuteMs },
  { value: 'hour', label: '1 hour', until: () => now() + 60 * minuteMs },
  { value: 'four-hours', label: '4 hours', until: () => now() + 240 * minuteMs },
  { value: 'day', label: 'Today', until: () => endOfDay(now()) },
  { value: 'week', label: 'This week', until: () => endOfWeek(now()) },
] as const;

type Length = (typeof lengths)[number]['value'] | 'kept';

const suggestions: readonly { emoji: string; text: string; length: Length }[] = [
  { emoji: '📅', text: 'In a meeting', length: 'hour' },
  { emoji: '🎧', text: 'Focusing', length: 'four-hours' },
  { emoji: '🚌', text: 'Commuting', length: 'half-hour' },
  { emoji: '🤒', text: 'Out sick', length: 'day' },
  { emoji: '🌴', text: 'On holiday', length: 'for-ever' },
];

function StatusDialog({ onClose }: { onClose: () => void }) {
  const app = useApp();
  const { client } = app;
  const present = client.state.users.get(client.state.me?.userId ?? '')?.status ?? null;
  const before = isCurrent(present) ? present : null;
  const [emoji, setEmoji] = useState(before?.emoji ?? null);
  const [text, setText] = useState(before?.text ?? '');
  const [length, setLength] = useState<Length>(before?.until ? 'kept' : 'for-ever');
  const [busy, setBusy] = useState(false);

  async function save(status: Status | null): Promise<void> {
    setBusy(true);
    const done = await app.attempt(client.call('user.setStatus', { status }));
    setBusy(false);
    if (done) onClose();
  }

  const isEmpty = emoji === null && text.trim() === '';
  const until = length === 'kept' ? (before?.until ?? null) : untilOf(length);
  const submit = (): void => void save(isEmpty ? null : { emoji: emoji ?? '💬', text: text.trim(), until });
  return (
    <Dialog
      title="Set a status"
      onClose={onClose}
      actions={
        <>
          {before && <Button onClick={() => void save(null)}>Clear status</Button>}
          <Button variant="primary" busy={busy} disabled={isEmpty && !before} onClick={submit}>
            Save
          </Button>
        </>
      }
    >
      <form
        class="status-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <EmojiButton emoji={emoji} onEmoji={setEmoji} />
        <TextField
          label="Status"
          hideLabel
          autoFocus
          placeholder="What are you up to?"
          maxLength={limits.statusCharsMax}
          value={text}
          onText={setText}
        />
      </form>
      <ul class="status-suggestions">
        {suggestions.map((one) => (
          <li key={one.text}>
            <button
              type="button"
              onClick={() => {
                setEmoji(one.emoji);
                setText(one.text);
                setLength(one.length);
              }}
            >
              <EmojiMark emoji={one.emoji} /> {one.text}
              <span>{labelOf(one.length)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Select
        label="Clear it after"
        value={length}
        options={[
          ...(before?.until ? [{ value: 'kept' as const, label: untilWords(app, before.until) }] : []),
          ...lengths,
        ]}
        onValue={setLength}
      />
    </Dialog>
  );
}

function untilOf(length: Length): number | null {
  return lengths.find(({ value }) => value === length)?.until() ?? null;
}

function labelOf(length: Length): string {
  return lengths.find(({ value }) => value === length)?.label ?? '';
}

function EmojiButton({ emoji, onEmoji }: { emoji: string | null; onEmoji: (emoji: string) => void }) {
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={setButton}
        type="button"
        class="status-form__emoji"
        aria-label="Choose an emoji"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {emoji === null ? <Icon of={Smile} size={20} /> : <EmojiMark emoji={emoji} />}
      </button>
      {open && button && (
        <EmojiPopover
          anchor={button}
          placement="bottom-start"
          onPick={(choice) => onEmoji(emojiOf(choice))}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
