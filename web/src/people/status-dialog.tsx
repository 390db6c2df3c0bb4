import { useState } from 'preact/hooks';
import type { Status } from '@confab/protocol';
import { limits } from '@confab/protocol/limits';
import { useApp, type App } from '../app/app-context.ts';
import { EmojiButton } from './emoji-button.tsx';
import { EmojiMark } from '../emoji/emoji-mark.tsx';
import { useWords, type Words } from '../language/index.ts';
import { now } from '../platform/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Select, TextField } from '../ui/field.tsx';
import { endOfDay, endOfWeek, untilWords } from './do-not-disturb.ts';
import { isCurrent } from './status-line.tsx';
import './status-dialog.css';

export function openStatusDialog(app: App): void {
  app.dialogs.show((close) => <StatusDialog onClose={close} />);
}

const minuteMs = 60_000;

type StatusWords = Words['people']['status'];

const lengths = [
  { value: 'for-ever', word: 'forEver', until: () => null },
  { value: 'half-hour', word: 'halfHour', until: () => now() + 30 * minuteMs },
  { value: 'hour', word: 'hour', until: () => now() + 60 * minuteMs },
  { value: 'four-hours', word: 'fourHours', until: () => now() + 240 * minuteMs },
  { value: 'day', word: 'day', until: () => endOfDay(now()) },
  { value: 'week', word: 'week', until: () => endOfWeek(now()) },
] as const;

type Length = (typeof lengths)[number]['value'] | 'kept';

const suggestionsOf = ({
  suggestions: words,
}: StatusWords): readonly { emoji: string; text: string; length: Length }[] => [
  { emoji: '📅', text: words.meeting, length: 'hour' },
  { emoji: '🎧', text: words.focus, length: 'four-hours' },
  { emoji: '🚌', text: words.commute, length: 'half-hour' },
  { emoji: '🤒', text: words.sick, length: 'day' },
  { emoji: '🌴', text: words.holiday, length: 'for-ever' },
];

function StatusDialog({ onClose }: { onClose: () => void }) {
  const words = useWords().people.status;
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
      title={words.title}
      onClose={onClose}
      actions={
        <>
          {before && <Button onClick={() => void save(null)}>{words.clear}</Button>}
          <Button variant="primary" busy={busy} disabled={isEmpty && !before} onClick={submit}>
            {words.save}
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
          label={words.label}
          hideLabel
          autoFocus
          placeholder={words.placeholder}
          maxLength={limits.statusCharsMax}
          value={text}
          onText={setText}
        />
      </form>
      <ul class="status-suggestions">
        {suggestionsOf(words).map((one) => (
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
              <span>{labelOf(words, one.length)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Select
        label={words.clearAfter}
        value={length}
        options={[
          ...(before?.until ? [{ value: 'kept' as const, label: untilWords(app, before.until) }] : []),
          ...lengths.map(({ value, word }) => ({ value, label: words.lengths[word] })),
        ]}
        onValue={setLength}
      />
    </Dialog>
  );
}

function untilOf(length: Length): number | null {
  return lengths.find(({ value }) => value === length)?.until() ?? null;
}

function labelOf(words: StatusWords, length: Length): string {
  const word = lengths.find(({ value }) => value === length)?.word;
  return word === undefined ? '' : words.lengths[word];
}
