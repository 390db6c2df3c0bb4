import { CircleAlert, RotateCw, Trash2 } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { memo } from '../app/memo.tsx';
import { refusalText, useWords } from '../language/index.ts';
import { PersonFace } from '../people/person-face.tsx';
import { usePerson } from '../people/use-person.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Delayed } from '../ui/spinner.tsx';
import { WrittenText } from './message-text.tsx';
import { QuoteView } from './quote-view.tsx';
import type { Sending } from './timeline-items.ts';
import './underway-row.css';

/** Long enough that what is sent on a good link never says so. */
const sayWaitingMs = 2_500;

type UnderwayRowProps = { underway: Sending; isGrouped: boolean };

/** A message that is not kept by the server yet. It stays until it is, or until its author lets go of it. */
export const UnderwayRow = memo(function UnderwayRow({ underway, isGrouped }: UnderwayRowProps) {
  const { client, time } = useApp();
  const ownId = client.state.me?.userId ?? '';
  const me = usePerson(ownId);
  const words = useWords();
  const { input, status, madeAt } = underway;
  const isFailed = status === 'failed';
  return (
    <article
      class="message"
      data-grouped={isGrouped}
      data-sending={status}
      data-row={underway.id}
      tabIndex={-1}
    >
      <div class="message__gutter">
        {!isGrouped && (
          <span class="message__face">
            <PersonFace userId={ownId} />
          </span>
        )}
      </div>
      <div class="message__body">
        {!isGrouped && (
          <header class="message__head">
            <span class="message__author">{me?.name}</span>
            <time class="message__time">{time.value.time(madeAt)}</time>
          </header>
        )}
        {input.quoteId && <QuoteView roomId={input.roomId} messageId={input.quoteId} />}
        <WrittenText text={input.text} mentions={null} />
        {input.fileIds && <p class="underway-note">{words.files.count(input.fileIds.length)}</p>}
        {isFailed ? <Failed underway={underway} /> : <Waiting />}
      </div>
    </article>
  );
});

function Waiting() {
  const words = useWords().messages.underway;
  return (
    <Delayed delayMs={sayWaitingMs}>
      <p class="underway-note" role="status">
        {words.waiting}
      </p>
    </Delayed>
  );
}

function Failed({ underway }: { underway: Sending }) {
  const { client } = useApp();
  const words = useWords();
  const { refusal } = underway;
  return (
    <div class="underway-failed" role="alert">
      <Icon of={CircleAlert} size={16} />
      <span>
        {words.messages.underway.failed} {refusal ? refusalText(words, refusal) : ''}
      </span>
      <Button size="s" icon={RotateCw} onClick={() => client.retry(underway.id)}>
        {words.ui.tryAgain}
      </Button>
      <Button size="s" variant="danger-quiet" icon={Trash2} onClick={() => client.discard(underway.id)}>
        {words.messages.underway.discard}
      </Button>
    </div>
  );
}
