import { useEffect } from 'preact/hooks';
import { PencilLine, Trash2 } from 'lucide';
import type { Draft } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { MainFrame } from '../app/main-frame.tsx';
import { roomPath } from '../app/routes.ts';
import { useWords } from '../language/index.ts';
import { RoomSign } from '../rooms/room-sign.tsx';
import { titleOf } from '../rooms/room-title.ts';
import { IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { ScheduledList } from './scheduled-list.tsx';
import './drafts-page.css';

/** What was begun and not sent, and what is to be sent later. */
export function DraftsPage() {
  const { drafts } = useApp();
  const words = useWords().lists;
  useEffect(() => {
    if (drafts.failed.peek() > 0) drafts.tab.value = 'scheduled';
  }, []);
  const tabs = [
    { id: 'drafts' as const, label: words.drafts.drafts, count: drafts.count.value },
    { id: 'scheduled' as const, label: words.scheduled.title, count: drafts.scheduled.value.length },
  ];
  return (
    <MainFrame title={words.drafts.title}>
      <div class="main-frame__scroll">
        <div class="drafts-page">
          <Tabs
            label={words.drafts.title}
            tabs={tabs}
            value={drafts.tab.value}
            onValue={(tab) => (drafts.tab.value = tab)}
          >
            {drafts.tab.value === 'drafts' ? <DraftList /> : <ScheduledList />}
          </Tabs>
        </div>
      </div>
    </MainFrame>
  );
}

/** Latest first. */
function DraftList() {
  const { drafts } = useApp();
  const words = useWords().lists.drafts;
  const list = drafts.list.value;
  if (list.length === 0) {
    return (
      <EmptyState icon={PencilLine} title={words.none}>
        {words.noneNote}
      </EmptyState>
    );
  }
  return (
    <ul class="card-list" aria-label={words.drafts}>
      {list.map((draft) => (
        <DraftCard key={`${draft.roomId}/${draft.threadId ?? ''}`} draft={draft} />
      ))}
    </ul>
  );
}

function DraftCard({ draft }: { draft: Draft }) {
  const { client, time } = useApp();
  const words = useWords().lists.drafts;
  const room = client.state.rooms.get(draft.roomId)?.room;
  const thread = draft.threadId === null ? '' : `?thread=${draft.threadId}`;
  if (!room) return null;
  const title = titleOf(client.state, room);
  return (
    <li class="draft-card">
      <a class="draft-card__link" href={roomPath(room.id) + thread}>
        <span class="draft-card__head">
          <RoomSign room={room} />
          <span>{title}</span>
          {draft.threadId !== null && <span class="draft-card__note">{words.inThread}</span>}
          <span class="draft-card__note">{time.value.stamp(draft.at)}</span>
        </span>
        <span class="draft-card__text" dir="auto">
          {draft.text}
        </span>
      </a>
      <IconButton
        size="s"
        label={words.delete(title)}
        icon={Trash2}
        onClick={() => client.setDraft(draft.roomId, '', draft.threadId)}
      />
    </li>
  );
}
