import { useEffect, useState } from 'preact/hooks';
import type { Message, Output } from '@confab/protocol';
import { Refused } from '@confab/client';
import { useApp, type App } from '../app/app-context.ts';
import { RefusedNote } from '../app/list-states.tsx';
import { useWords } from '../language/index.ts';
import { Dialog } from '../ui/dialog.tsx';
import { SkeletonText } from '../ui/skeleton.tsx';
import { Delayed } from '../ui/spinner.tsx';

type Edits = Output<'message.edits'>['edits'];

export function openEditHistory(app: App, message: Message): void {
  app.dialogs.show((close) => (
    <Dialog title={app.words.value.messages.edits.title} size="s" onClose={close}>
      <EditHistory messageId={message.id} />
    </Dialog>
  ));
}

/** Earlier texts of a message, newest first. */
export function EditHistory({ messageId }: { messageId: string }) {
  const { client, time } = useApp();
  const words = useWords().messages.edits;
  const [attempt, setAttempt] = useState(0);
  const [edits, setEdits] = useState<Edits | Refused | null>(null);
  useEffect(() => {
    let isGone = false;
    client.call('message.edits', { messageId }).then(
      (answer) => isGone || setEdits(answer.edits.toReversed()),
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        if (!isGone) setEdits(error);
      },
    );
    return () => {
      isGone = true;
    };
  }, [messageId, attempt]);
  if (edits === null) {
    return (
      <Delayed>
        <SkeletonText lines={2} />
      </Delayed>
    );
  }
  const retry = (): void => {
    setEdits(null);
    setAttempt(attempt + 1);
  };
  if (edits instanceof Refused) return <RefusedNote refused={edits} onRetry={retry} />;
  if (edits.length === 0) return <p class="edit-history__none">{words.none}</p>;
  return (
    <ol class="edit-history__list">
      {edits.map(({ version, text, at }) => (
        <li key={version}>
          <time dateTime={new Date(at).toISOString()}>{time.value.full(at)}</time>
          <p dir="auto">{text}</p>
        </li>
      ))}
    </ol>
  );
}
