import { useState } from 'preact/hooks';
import { X } from 'lucide';
import type { Message, Preview } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { useMessagesPlace } from '../messages/messages-context.ts';
import { IconButton } from '../ui/button.tsx';
import './message-previews.css';

/** What the links of a message lead to. */
export function MessagePreviews({ message }: { message: Message }) {
  const words = useWords().previews;
  const { client } = useApp();
  const { mayWrite } = useMessagesPlace();
  const { previews = [], authorId } = message;
  if (previews.length === 0) return null;
  const mayRemove = mayWrite && authorId === client.state.me?.userId;
  return (
    <ul class="previews" aria-label={words.inMessage}>
      {previews.map((preview) => (
        <li key={preview.id}>
          <PreviewCard messageId={message.id} preview={preview} mayRemove={mayRemove} />
        </li>
      ))}
    </ul>
  );
}

type PreviewCardProps = { messageId: string; preview: Preview; mayRemove: boolean };

/** A picture that is wide enough stands below the words, another beside them. */
const wide = { px: 320, ratio: 1.3 };

function PreviewCard({ messageId, preview, mayRemove }: PreviewCardProps) {
  const app = useApp();
  const words = useWords().previews;
  const [isBroken, setIsBroken] = useState(false);
  const { id, url, title, text, site, picture } = preview;
  const isWide = picture && picture.width >= wide.px && picture.width >= wide.ratio * picture.height;
  async function remove(button: HTMLElement): Promise<void> {
    const row = button.closest<HTMLElement>('.message');
    const done = await app.attempt(app.client.call('preview.remove', { messageId, previewId: id }));
    if (!done) return;
    // The button goes with its card; whoever uses the keyboard stays with the message.
    row?.focus({ preventScroll: true });
    app.ui.announcer.say(words.removed(title));
  }
  return (
    <article class="preview" data-picture={picture ? (isWide ? 'wide' : 'small') : 'none'}>
      <div class="preview__words">
        <p class="preview__site" dir="auto">
          {site}
        </p>
        <p class="preview__title" dir="auto">
          <a href={url} target="_blank" rel="noopener noreferrer nofollow">
            {title}
          </a>
        </p>
        {text !== '' && (
          <p class="preview__text" dir="auto">
            {text}
          </p>
        )}
      </div>
      {picture && (
        <span
          class="preview__picture"
          style={isWide ? { aspectRatio: `${picture.width} / ${picture.height}` } : {}}
        >
          {!isBroken && (
            <img
              src={`/api/v1/messages/${messageId}/previews/${id}/picture`}
              alt=""
              width={picture.width}
              height={picture.height}
              loading="lazy"
              decoding="async"
              draggable={false}
              onError={() => setIsBroken(true)}
            />
          )}
        </span>
      )}
      {mayRemove && (
        <span class="preview__remove">
          <IconButton
            icon={X}
            size="s"
            label={words.remove(title)}
            onClick={(event) => void remove(event.currentTarget)}
          />
        </span>
      )}
    </article>
  );
}
