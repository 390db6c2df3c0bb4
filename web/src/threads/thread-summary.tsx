import { useComputed } from '@preact/signals';
import { ChevronRight } from 'lucide';
import type { ThreadSummary } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { PersonFace } from '../people/person-face.tsx';
import { AvatarStack } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { threadReadOrdinal } from './unread-threads.ts';
import './thread-summary.css';

/** Below a message with replies: how many, who, when; opens the thread. */
export function ThreadSummaryRow({ messageId, thread }: { messageId: string; thread: ThreadSummary }) {
  const { client, live, time, router } = useApp();
  const words = useWords().threads;
  const isUnread = useComputed(() => {
    live.follow(`thread:${messageId}`);
    const followed = client.state.threads.get(messageId);
    return followed !== undefined && followed.ordinal > threadReadOrdinal(client.state, followed);
  }).value;
  return (
    <button
      type="button"
      class="thread-summary"
      data-unread={isUnread}
      onClick={() => router.openPane({ kind: 'thread', threadId: messageId })}
    >
      <AvatarStack>
        {thread.faces.map((userId) => (
          <PersonFace key={userId} userId={userId} size={22} />
        ))}
      </AvatarStack>
      <span class="thread-summary__count">{words.replies(thread.replies)}</span>
      {isUnread && <span class="thread-summary__new">{words.new}</span>}
      <span class="thread-summary__last">
        <span class="thread-summary__time">{words.last(time.value.relative(thread.lastAt))}</span>
        <span class="thread-summary__view" aria-hidden="true">
          {words.open} <Icon of={ChevronRight} size={14} />
        </span>
      </span>
    </button>
  );
}
