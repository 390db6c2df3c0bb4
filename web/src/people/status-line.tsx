import type { Status } from '@confab/protocol';
import { EmojiMark } from '../emoji/emoji-mark.tsx';
import { now } from '../platform/index.ts';
import './status-line.css';

/** Whether a status is still to be shown. */
export function isCurrent(status: Status | null): status is Status {
  return status !== null && (status.until === null || status.until > now());
}

/** Somebody's status in one line: the emoji and the words. */
export function StatusLine({
  status,
  otherwise = null,
}: {
  status: Status | null;
  otherwise?: string | null;
}) {
  if (!isCurrent(status)) return <>{otherwise}</>;
  return (
    <span class="status-line">
      {status.emoji !== null && <EmojiMark emoji={status.emoji} />}
      {status.text}
    </span>
  );
}

/** Only the emoji, beside a name; the words in a tooltip. */
export function StatusEmoji({ status }: { status: Status | null }) {
  if (!isCurrent(status) || status.emoji === null) return null;
  return (
    <span class="status-emoji" data-tooltip={status.text || undefined}>
      <EmojiMark emoji={status.emoji} />
    </span>
  );
}
