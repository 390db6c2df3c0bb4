import { useEffect, useRef, useState } from 'preact/hooks';
import { useComputed } from '@preact/signals';
import { useApp } from '../../app/app-context.ts';
import { draftText } from '../../drafts/draft-state.ts';
import { after, type Cancel } from '../../platform/index.ts';

/** What is typed within this time is kept together. */
const keepMs = 600;

/**
 * The text of a composer, kept across rooms, reloads and devices. What another device wrote is taken over as long as
 * nothing was typed here since.
 */
export function useDraft(roomId: string, threadId: string | null): [string, (text: string) => void] {
  const { client, live } = useApp();
  const [text, setText] = useState(() => draftText(client, roomId, threadId));
  const kept = useRef(text);
  const pending = useRef<{ text: string; cancel: Cancel } | null>(null);
  const stored = useComputed(() => {
    live.follow('drafts');
    return draftText(client, roomId, threadId);
  }).value;

  function keep(): void {
    const waiting = pending.current;
    if (waiting === null) return;
    waiting.cancel();
    pending.current = null;
    kept.current = waiting.text;
    client.setDraft(roomId, waiting.text, threadId);
  }

  useEffect(() => keep, []);
  useEffect(() => {
    if (pending.current !== null || stored === kept.current) return;
    if (text === kept.current) setText(stored);
    kept.current = stored;
  }, [stored]);

  return [
    text,
    (next) => {
      setText(next);
      pending.current?.cancel();
      pending.current = { text: next, cancel: after(keepMs, keep) };
      // Sent or emptied: no other device should still see it.
      if (next === '') keep();
    },
  ];
}
