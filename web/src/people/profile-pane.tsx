import type { ComponentChildren } from 'preact';
import { MessageCircle, SmilePlus } from 'lucide';
import type { User } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { PaneFrame } from '../app/pane-frame.tsx';
import { pages } from '../app/pages.ts';
import { useWords } from '../language/index.ts';
import { copyText, now } from '../platform/index.ts';
import { goToDirect } from '../rooms/new-direct.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Tag } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { SkeletonText } from '../ui/skeleton.tsx';
import { Delayed } from '../ui/spinner.tsx';
import { untilWords } from './do-not-disturb.ts';
import { PresenceDot } from './person-face.tsx';
import { openStatusDialog } from './status-dialog.tsx';
import { isCurrent, StatusLine } from './status-line.tsx';
import { usePerson, usePresence } from './use-person.ts';
import './profile-pane.css';

/** Somebody, beside the page. */
export function ProfilePane({ userId }: { userId: string }) {
  const words = useWords().people.profile;
  const person = usePerson(userId);
  return (
    <PaneFrame title={words.title}>
      <div class="pane-frame__scroll">
        {person ? (
          <Profile person={person} />
        ) : (
          <Delayed>
            <SkeletonText lines={4} />
          </Delayed>
        )}
      </div>
    </PaneFrame>
  );
}

function Profile({ person }: { person: User }) {
  const { profile: words, deactivated } = useWords().people;
  const app = useApp();
  const isMe = person.id === app.client.state.me?.userId;
  return (
    <div class="profile">
      <span class="profile__face">
        <Avatar
          name={person.name}
          seed={person.id}
          src={person.picture && `/api/v1/images/${person.picture}`}
          size={128}
        />
      </span>
      <header>
        <h3>{person.name}</h3>
        {person.title !== '' && <p>{person.title}</p>}
        <div class="profile__tags">
          {person.role !== 'member' && (
            <Tag tone="accent">{person.role === 'owner' ? words.owner : words.admin}</Tag>
          )}
          {person.deactivated && <Tag>{deactivated}</Tag>}
        </div>
      </header>
      <div class="profile__actions">
        {!person.deactivated && (
          <Button
            variant={isMe ? 'secondary' : 'primary'}
            icon={MessageCircle}
            onClick={() => void goToDirect(app, [person.id])}
          >
            {isMe ? words.notes : words.message}
          </Button>
        )}
        {isMe && (
          <Button icon={SmilePlus} onClick={() => openStatusDialog(app)}>
            {words.setStatus}
          </Button>
        )}
        {isMe && pages['settings'] && (
          <Button onClick={() => app.router.go('/settings')}>{words.edit}</Button>
        )}
      </div>
      <Facts person={person} />
    </div>
  );
}

function Facts({ person }: { person: User }) {
  const { profile: words, presence: presenceWords } = useWords().people;
  const app = useApp();
  const { time, ui } = app;
  const presence = usePresence(person.id);
  const copyHandle = async (): Promise<void> => {
    const done = await copyText(`@${person.handle}`);
    if (done) ui.toasts.show({ text: words.copied });
  };
  return (
    <dl class="profile__facts">
      {isCurrent(person.status) && (
        <Fact name={words.status}>
          <StatusLine status={person.status} />
          {person.status.until !== null && (
            <span class="profile__note">{untilWords(app, person.status.until)}</span>
          )}
        </Fact>
      )}
      {!person.deactivated && (
        <Fact name={words.presence}>
          <span class="profile__presence">
            <PresenceDot userId={person.id} /> {presenceWords[presence]}
          </span>
        </Fact>
      )}
      <Fact name={words.handle}>
        <button
          type="button"
          class="profile__handle"
          data-tooltip={words.copy}
          onClick={() => void copyHandle()}
        >
          @{person.handle}
        </button>
      </Fact>
      <Fact name={words.localTime}>
        <LocalTime zone={person.timeZone} />
      </Fact>
      <Fact name={words.since}>{time.value.day(person.joinedAt)}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function LocalTime({ zone }: { zone: string }) {
  const locale = useApp().ui.language.locale.value;
  try {
    const clock = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: 'numeric', minute: 'numeric' });
    return (
      <>
        {clock.format(now())}{' '}
        <span class="profile__note">{zone.split('/').at(-1)?.replaceAll('_', ' ')}</span>
      </>
    );
  } catch {
    return <>{zone}</>;
  }
}
