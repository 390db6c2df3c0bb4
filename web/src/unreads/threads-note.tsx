import { useComputed } from '@preact/signals';
import { MessagesSquare } from 'lucide';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { unreadThreads } from '../threads/unread-threads.ts';
import { Icon } from '../ui/icon.tsx';

/** Threads have a list of their own; here it is only said that there is something new in them. */
export function ThreadsNote() {
  const words = useWords().lists.unreads;
  const { client, live } = useApp();
  const count = useComputed(() => {
    live.follow('threads');
    return unreadThreads(client.state).length;
  }).value;
  if (count === 0) return null;
  return (
    <a class="threads-note" href="/threads">
      <Icon of={MessagesSquare} size={18} />
      {words.threads(count)}
    </a>
  );
}
