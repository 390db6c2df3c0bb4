import { CalendarClock, Pencil, SendHorizontal, Trash2 } from 'lucide';
import type { ScheduledMessage } from '@confab/protocol';
import { useApp, type App } from '../app/app-context.ts';
import { roomPath } from '../app/routes.ts';
import { useWords } from '../language/index.ts';
import { WrittenText } from '../messages/message-text.tsx';
import { RoomSign } from '../rooms/room-sign.tsx';
import { titleOf } from '../rooms/room-title.ts';
import { momentWords } from '../saved/moment-words.ts';
import { IconButton } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { openEditScheduled } from './edit-scheduled.tsx';
import { failureText } from './schedule.ts';

/** What is to be sent later: failed ones first, then by time. */
export function ScheduledList() {
  const { drafts } = useApp();
  const words = useWords().lists.scheduled;
  const list = drafts.scheduled.value;
  if (list.length === 0) {
    return (
      <EmptyState icon={CalendarClock} title={words.none}>
        {words.noneNote}
      </EmptyState>
    );
  }
  return (
    <ul class="card-list" aria-label={words.title}>
      {list.map((scheduled) => (
        <ScheduledCard key={scheduled.id} scheduled={scheduled} />
      ))}
    </ul>
  );
}

function ScheduledCard({ scheduled }: { scheduled: ScheduledMessage }) {
  const { client, time } = useApp();
  const words = useWords();
  const { failure, sendAt, threadId, roomId } = scheduled;
  const room = client.state.rooms.get(roomId)?.room;
  return (
    <li class="draft-card scheduled-card" data-failed={failure !== null}>
      <div class="scheduled-card__body">
        <p class="draft-card__head">
          {room ? (
            <a href={roomPath(roomId) + (threadId === null ? '' : `?thread=${threadId}`)}>
              <RoomSign room={room} />
              <span>{titleOf(client.state, room)}</span>
            </a>
          ) : (
            <span>{words.lists.scheduled.unknownRoom}</span>
          )}
          {threadId !== null && <span class="draft-card__note">{words.lists.drafts.inThread}</span>}
          <time class="draft-card__note" dateTime={new Date(sendAt).toISOString()}>
            {momentWords(time.value, sendAt)}
          </time>
        </p>
        {failure && (
          <p class="scheduled-card__failure">
            {words.lists.scheduled.failed} {failureText(words, failure.code)}
          </p>
        )}
        <div class="scheduled-card__text">
          <WrittenText text={scheduled.text} mentions={null} />
        </div>
      </div>
      <ScheduledActions scheduled={scheduled} />
    </li>
  );
}

function ScheduledActions({ scheduled }: { scheduled: ScheduledMessage }) {
  const app = useApp();
  const words = useWords().lists.scheduled;
  const sendNow = (): void => {
    void app.attempt(app.client.call('scheduled.sendNow', { scheduledId: scheduled.id })).then((done) => {
      if (done) app.ui.toasts.show({ text: words.sent, tone: 'positive' });
    });
  };
  return (
    <div class="scheduled-card__actions">
      <IconButton
        size="s"
        class="scheduled-card__send"
        label={words.sendNow}
        icon={SendHorizontal}
        onClick={sendNow}
      />
      <IconButton
        size="s"
        label={words.edit}
        icon={Pencil}
        onClick={() => openEditScheduled(app, scheduled)}
      />
      <IconButton size="s" label={words.delete} icon={Trash2} onClick={() => confirmDelete(app, scheduled)} />
    </div>
  );
}

function confirmDelete(app: App, { id }: ScheduledMessage): void {
  const words = app.words.value.lists.scheduled;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={words.deleteTitle}
      confirmLabel={words.deleteConfirm}
      danger
      onConfirm={async () => {
        await app.attempt(app.client.call('scheduled.delete', { scheduledId: id }));
      }}
      onClose={close}
    >
      {words.deleteNote}
    </ConfirmDialog>
  ));
}
