import { useEffect, useState } from 'preact/hooks';
import { Laptop, Smartphone } from 'lucide';
import type { Session } from '@confab/protocol';
import { useApp, type App } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import { useWords } from '../language/index.ts';
import { Tag } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icon.tsx';
import { ago } from './ago.ts';
import { Panel } from './panel.tsx';
import { useWholeList } from './use-whole-list.ts';

/** Where one is signed in. */
export function SessionsPanel() {
  const app = useApp();
  const { client } = app;
  const words = useWords().settings.sessions;
  const sessions = useWholeList<Session>(async () =>
    [...(await client.call('session.list', {})).sessions].sort(inOrder),
  );
  useEffect(
    () => client.onEvent(({ name }) => (name === 'session.ended' ? sessions.reload() : undefined)),
    [],
  );
  const hasOthers = sessions.items.some(({ current }) => !current);
  return (
    <Panel
      title={words.title}
      note={words.note}
      actions={
        hasOthers && (
          <Button variant="danger-quiet" onClick={() => confirmEndOthers(app, sessions.reload)}>
            {words.endOthers}
          </Button>
        )
      }
    >
      <ListOf
        pages={sessions}
        label={words.list}
        class="rows"
        render={(session) => <SessionRow key={session.id} session={session} onEnded={sessions.reload} />}
        empty={null}
      />
    </Panel>
  );
}

/** This one, then the one used last. */
function inOrder(a: Session, b: Session): number {
  return Number(b.current) - Number(a.current) || b.lastSeenAt - a.lastSeenAt;
}

function SessionRow({ session, onEnded }: { session: Session; onEnded: () => void }) {
  const { client, attempt, time, ui } = useApp();
  const words = useWords();
  const said = words.settings.sessions;
  const [busy, setBusy] = useState(false);
  const { id, device, address, current, lastSeenAt, createdAt } = session;
  const end = async (): Promise<void> => {
    setBusy(true);
    const done = await attempt(client.call('session.end', { sessionId: id }));
    setBusy(false);
    if (!done) return;
    ui.toasts.show({ text: said.ended(device) });
    onEnded();
  };
  return (
    <li>
      <span class="rows__icon">
        <Icon of={/Android|iPhone|iPad|iOS/.test(device) ? Smartphone : Laptop} size={18} />
      </span>
      <span class="rows__words">
        <span class="rows__name">
          {device}
          {current && <Tag tone="positive">{said.here}</Tag>}
        </span>
        <span class="rows__note">
          {[
            address,
            current ? said.inUse : said.lastUsed(ago(lastSeenAt, time.value, words)),
            said.signedIn(ago(createdAt, time.value, words)),
          ].join(' · ')}
        </span>
      </span>
      {!current && (
        <Button busy={busy} onClick={() => void end()} aria-label={said.endWhich(device, address)}>
          {said.end}
        </Button>
      )}
    </li>
  );
}

function confirmEndOthers(app: App, onEnded: () => void): void {
  const { client, attempt, ui } = app;
  const words = app.words.value.settings.sessions;
  app.dialogs.show((close) => (
    <ConfirmDialog
      title={words.endOthersTitle}
      confirmLabel={words.end}
      danger
      onConfirm={async () => {
        const ending = client.call('session.endOthers', {}).then(({ ended }) => {
          ui.toasts.show({ text: words.endedCount(ended) });
        });
        if (await attempt(ending)) onEnded();
      }}
      onClose={close}
    >
      {words.endOthersNote}
    </ConfirmDialog>
  ));
}
