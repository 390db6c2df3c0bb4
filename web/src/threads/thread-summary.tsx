import { useComputed } from '@preact/signals';
import { ChevronRight } from 'lucide';
import type { ThreadSummary } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { PersonFace } from '../people/person-face.tsx';
import { AvatarStack } from '../ui/avatar.tsx';
import { Icon } from '../ui/icon.tsx';
import { threadReadOrdinal } from './unread-threads.ts';
import './thread-summary.css';

/** Below a message with replies: how many, who, when; opens the thread. */
export function ThreadSummaryRow({ messageId, thread }: { messageId: string; thread: ThreadSummary }) {
  const { client, live, time, router } = useApp();
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
      <span class="thread-summary__count">
        {thread.replies === 1 ? '1 reply' : `${thread.replies} replies`}
      </span>
      {isUnread && <span class="thread-summary__new">New</span>}
      <span class="thread-summary__last">
        <span class="thread-summary__time">Last {time.value.relative(thread.lastAt)}</span>
        <span class="thread-summary__view" aria-hidden="true">
          Open thread <Icon of={ChevronRight} size={14} />
        </span>
      </span>
    </button>
  );
}
