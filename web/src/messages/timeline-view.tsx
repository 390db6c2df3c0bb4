import { useComputed } from '@preact/signals';
import { ArrowDown } from 'lucide';
import type { Room } from '@confab/protocol';
import { Refused } from '@confab/client';
import { useApp } from '../app/app-context.ts';
import { RefusedNote, RowSkeletons } from '../app/list-states.tsx';
import { useWords } from '../language/index.ts';
import { Button } from '../ui/button.tsx';
import { TimelineList, type TimelineListHandle } from '../ui/timeline-list.tsx';
import { openDateJump } from './date-jump.tsx';
import { MessageRow } from './message-row.tsx';
import type { RoomList } from './room-list.ts';
import type { TimelineItem } from './timeline-items.ts';
import { UnderwayRow } from './underway-row.tsx';
import { useAnnouncements } from './use-announcements.ts';
import { Welcome } from './welcome.tsx';

type TimelineViewProps = {
  list: RoomList;
  scroller: { current: TimelineListHandle | null };
  room: Room;
  title: string;
  onToEnd: () => void;
};

export function TimelineView({ list, scroller, room, title, onToEnd }: TimelineViewProps) {
  const phase = list.phase.value;
  if (phase === 'opening') {
    return (
      <div class="timeline-loading" aria-busy="true">
        <RowSkeletons count={8} />
      </div>
    );
  }
  if (phase instanceof Refused) {
    return <RefusedNote refused={phase} onRetry={() => void list.open(null)} />;
  }
  return (
    <>
      <Rows list={list} scroller={scroller} room={room} title={title} />
      <NewestPill list={list} onToEnd={onToEnd} />
    </>
  );
}

const keyOf = ({ key }: TimelineItem): string => key;
const dayOf = ({ day }: TimelineItem): string => day;

function Rows({ list, scroller, room, title }: Omit<TimelineViewProps, 'onToEnd'>) {
  const app = useApp();
  const words = useWords().messages;
  const { time } = app;
  const jump = list.jump.value;
  const hasBefore = list.hasBefore.value;
  const { highlight } = jump;
  useAnnouncements(list.items.value, list.hasAfter.value);
  return (
    <TimelineList
      key={jump.id}
      class="timeline"
      label={words.timeline(title)}
      items={list.items.value}
      keyOf={keyOf}
      start={jump.start}
      handle={scroller}
      moreBefore={hasBefore}
      moreAfter={list.hasAfter.value}
      onReachStart={list.loadBefore}
      onReachEnd={list.loadAfter}
      onVisible={list.look}
      sectionOf={dayOf}
      renderSection={(_, first) => (
        <div class="day-divider">
          <button type="button" onClick={() => openDateJump(app, list)}>
            {time.value.day(first.kind === 'message' ? first.message.at : first.underway.madeAt)}
          </button>
        </div>
      )}
      before={hasBefore ? <Loading /> : <Welcome room={room} title={title} />}
      render={(item) => (
        <>
          {item.isFirstUnread && <NewLine />}
          {item.kind === 'message' ? (
            <MessageRow
              message={item.message}
              rowKey={item.key}
              isGrouped={item.isGrouped}
              isHighlighted={item.key === highlight}
            />
          ) : (
            <UnderwayRow underway={item.underway} isGrouped={item.isGrouped} />
          )}
        </>
      )}
    />
  );
}

function Loading() {
  return (
    <div class="timeline-loading">
      <RowSkeletons count={3} />
    </div>
  );
}

export function NewLine() {
  const words = useWords().messages;
  return (
    <div class="new-line" role="separator" aria-label={words.newLineLabel}>
      {words.newLine}
    </div>
  );
}

function NewestPill({ list, onToEnd }: { list: RoomList; onToEnd: () => void }) {
  const words = useWords().messages;
  const isShown = useComputed(() => !list.atEnd.value || list.hasAfter.value).value;
  const below = list.below.value;
  if (!isShown) return null;
  return (
    <div class="timeline-pill">
      <Button size="s" icon={ArrowDown} onClick={onToEnd}>
        {below === 0 ? words.newest : below > 999 ? words.newerMany : words.newer(below)}
      </Button>
    </div>
  );
}
