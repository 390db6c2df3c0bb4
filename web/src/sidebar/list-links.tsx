import { useComputed } from '@preact/signals';
import { AtSign, Bookmark, Inbox, MessagesSquare, PencilLine } from 'lucide';
import { useApp, type App } from '../app/app-context.ts';
import type { ListName } from '../app/routes.ts';
import { useWords } from '../language/index.ts';
import { standingOf } from '../rooms/standing.ts';
import { useDueReminders } from '../saved/use-due-reminders.ts';
import { Badge } from '../ui/badge.tsx';
import { Icon, type IconShape } from '../ui/icon.tsx';
import { unreadThreads } from '../threads/unread-threads.ts';
import { useIsHere } from './use-is-here.ts';

/** The lists that go across all rooms. */
export function ListLinks() {
  const app = useApp();
  const words = useWords().sidebar.lists;
  const unread = useComputed(() => totals(app)).value;
  const threads = useComputed(() => countThreads(app)).value;
  const drafts = app.drafts.count.value;
  return (
    <ul class="sidebar__lists">
      <ListLink name="unreads" icon={Inbox} title={words.unreads} isUnread={unread.isUnread} />
      <ListLink
        name="threads"
        icon={MessagesSquare}
        title={words.threads}
        isUnread={threads.unread > 0}
        badge={threads.mentions}
      />
      <ListLink name="mentions" icon={AtSign} title={words.mentions} />
      <ListLink
        name="drafts"
        icon={PencilLine}
        title={words.drafts}
        badge={app.drafts.failed.value}
        note={drafts}
      />
      <ListLink name="saved" icon={Bookmark} title={words.saved} badge={useDueReminders()} />
    </ul>
  );
}

function totals({ client, live }: App): { isUnread: boolean } {
  live.follow('rooms');
  for (const room of client.state.rooms.values()) {
    if (standingOf(client.state, room).isUnread) return { isUnread: true };
  }
  return { isUnread: false };
}

function countThreads({ client, live }: App): { unread: number; mentions: number } {
  live.follow('threads');
  const threads = unreadThreads(client.state);
  return { unread: threads.length, mentions: threads.reduce((sum, { mentions }) => sum + mentions, 0) };
}

type ListLinkProps = {
  name: ListName;
  icon: IconShape;
  title: string;
  isUnread?: boolean;
  /** what wants attention */
  badge?: number;
  /** how many there are, quietly */
  note?: number;
};

function ListLink({ name, icon, title, isUnread = false, badge = 0, note = 0 }: ListLinkProps) {
  const words = useWords().sidebar;
  const isHere = useIsHere((route) => route.name === name);
  return (
    <li>
      <a class="side-row" href={`/${name}`} aria-current={isHere ? 'page' : undefined} data-unread={isUnread}>
        <span class="room-sign">
          <Icon of={icon} size={17} />
        </span>
        <span class="side-row__name">{title}</span>
        {isUnread && <span class="visually-hidden">{words.unread}</span>}
        <Badge count={badge} />
        {note > 0 && <span class="side-row__note">{note}</span>}
      </a>
    </li>
  );
}
