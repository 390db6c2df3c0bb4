import { useId } from 'preact/hooks';
import { useComputed } from '@preact/signals';
import { Bookmark, CornerUpLeft, Pin, Trash2 } from 'lucide';
import type { Message, User } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { memo } from '../app/memo.tsx';
import { MessageFiles } from '../files/message-files.tsx';
import { useWords } from '../language/index.ts';
import { PersonFace } from '../people/person-face.tsx';
import { ProfileButton } from '../people/person-link.tsx';
import { StatusEmoji } from '../people/status-line.tsx';
import { usePerson } from '../people/use-person.ts';
import { MessagePreviews } from '../previews/message-previews.tsx';
import { ThreadSummaryRow } from '../threads/thread-summary.tsx';
import { Tag } from '../ui/badge.tsx';
import { Icon } from '../ui/icon.tsx';
import { EditBox } from './edit-box.tsx';
import { MessageText } from './message-text.tsx';
import { MessageToolbar } from './message-toolbar.tsx';
import { useMessagesPlace } from './messages-context.ts';
import { QuoteView } from './quote-view.tsx';
import { ReactionBar } from './reaction-bar.tsx';
import { useRowTouch } from './use-row-touch.ts';
import './message-row.css';

type MessageRowProps = {
  message: Message;
  /** Of the list's item: what is pointed at and what has the focus. */
  rowKey: string;
  isGrouped: boolean;
  isHighlighted?: boolean;
};

/** One message of a timeline or a thread. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, rowKey, isGrouped, isHighlighted = false } = props;
  const { client, time } = useApp();
  const words = useWords().messages.row;
  const place = useMessagesPlace();
  const author = usePerson(message.authorId);
  const isActive = useComputed(() => place.active.value === rowKey).value;
  const isCurrent = useComputed(() => place.current.value === rowKey).value;
  const isEditing = useComputed(() => place.editing.value === message.id).value;
  const touch = useRowTouch(rowKey);
  const id = useId();
  const ownId = client.state.me?.userId ?? '';
  const isDeleted = message.deletedAt !== null;
  const isGroupedHere = isGrouped && message.pinnedAt === null;
  return (
    <article
      class="message"
      tabIndex={isCurrent ? 0 : -1}
      data-message={message.id}
      data-row={rowKey}
      data-grouped={isGroupedHere}
      data-mentions-me={!isDeleted && mentionsMe(message, ownId)}
      data-highlight={isHighlighted || undefined}
      data-active={isActive}
      aria-labelledby={`${id}-head ${id}-text`}
      {...touch}
    >
      <Notes message={message} />
      <div class="message__gutter">
        {isGroupedHere ? (
          <time class="message__time" data-tooltip={time.value.full(message.at)}>
            {time.value.time(message.at)}
          </time>
        ) : (
          <ProfileButton
            userId={message.authorId}
            class="message__face"
            label={author ? words.profileOf(author.name) : words.profile}
          >
            <PersonFace userId={message.authorId} />
          </ProfileButton>
        )}
      </div>
      <div class="message__body">
        {isGroupedHere ? (
          <span id={`${id}-head`} class="visually-hidden">
            {author?.name}, {time.value.time(message.at)}
          </span>
        ) : (
          <MessageHead id={`${id}-head`} message={message} author={author} />
        )}
        {message.quoteId !== null && !isDeleted && (
          <QuoteView roomId={message.roomId} messageId={message.quoteId} />
        )}
        <div id={`${id}-text`}>
          {isDeleted ? (
            <Tombstone />
          ) : isEditing ? (
            <EditBox message={message} />
          ) : (
            <MessageText message={message} />
          )}
        </div>
        {!isDeleted && message.files && <MessageFiles files={message.files} />}
        {!isDeleted && <MessagePreviews message={message} />}
        {!isDeleted && <ReactionBar message={message} isActive={isActive} />}
        {message.thread !== null && message.thread.replies > 0 && place.threadId === null && (
          <ThreadSummaryRow messageId={message.id} thread={message.thread} />
        )}
      </div>
      {isActive && !isEditing && <MessageToolbar message={message} />}
    </article>
  );
});

type MessageHeadProps = { id?: string; message: Message; author: User | undefined };

export function MessageHead({ id, message, author }: MessageHeadProps) {
  const { time } = useApp();
  const words = useWords().messages.row;
  return (
    <header id={id} class="message__head">
      <ProfileButton userId={message.authorId} class="message__author">
        {author?.name ?? <span class="message__unknown" />}
      </ProfileButton>
      {author?.deactivated === true && <Tag>{words.deactivated}</Tag>}
      <StatusEmoji status={author?.status ?? null} />
      <time class="message__time" data-tooltip={time.value.full(message.at)}>
        {time.value.time(message.at)}
      </time>
    </header>
  );
}

/** Small words above a message that is special. */
function Notes({ message }: { message: Message }) {
  const { client, live, router } = useApp();
  const words = useWords().messages.row;
  const { threadId } = useMessagesPlace();
  const isSaved = useComputed(() => {
    live.follow('saved');
    return client.state.saved.has(message.id);
  }).value;
  const isFromThread = message.threadId !== null && threadId === null;
  if (!isSaved && message.pinnedAt === null && !isFromThread) return null;
  return (
    <div class="message__notes">
      {message.pinnedAt !== null && (
        <span>
          <Icon of={Pin} size={12} /> {words.pinned}
        </span>
      )}
      {isSaved && (
        <span>
          <Icon of={Bookmark} size={12} /> {words.saved}
        </span>
      )}
      {isFromThread && (
        <button
          type="button"
          tabIndex={-1}
          onClick={() => router.openPane({ kind: 'thread', threadId: message.threadId ?? '' })}
        >
          <Icon of={CornerUpLeft} size={12} /> {words.repliedInThread}
        </button>
      )}
    </div>
  );
}

function Tombstone() {
  return (
    <p class="message__tombstone">
      <Icon of={Trash2} size={14} /> {useWords().messages.deleted}
    </p>
  );
}

function mentionsMe({ mentions, authorId }: Message, ownId: string): boolean {
  if (authorId === ownId) return false;
  return mentions.all || mentions.here || Object.values(mentions.users).includes(ownId);
}
