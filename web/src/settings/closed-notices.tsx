import { useEffect, useState } from 'preact/hooks';
import { BellOff, Laptop, Smartphone } from 'lucide';
import type { PushDevice } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { ListOf } from '../app/list-states.tsx';
import type { Paged } from '../app/use-pages.ts';
import { useWords } from '../language/index.ts';
import { turnPushOff, turnPushOn } from '../notifications/push-here.ts';
import { Tag } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Switch } from '../ui/choice.tsx';
import { Icon } from '../ui/icon.tsx';
import { ago } from './ago.ts';
import { Panel } from './panel.tsx';
import { TestButton } from './test-button.tsx';
import { useWholeList } from './use-whole-list.ts';

interface Standing {
  /** Null while push is off for the workspace. */
  readonly publicKey: string | null;
  readonly withContent: boolean;
  readonly isPossible: boolean;
  readonly isOn: boolean;
}

/** Whether this browser is notified while no page is open, and which others are. */
export function ClosedNotices() {
  const app = useApp();
  const words = useWords().notices.closed;
  const [standing, setStanding] = useState<Standing | null>(null);
  const devices = useWholeList<PushDevice>(async () => (await app.client.call('push.list', {})).devices);
  const look = async (): Promise<void> => {
    const key = await app.client.call('push.key', {});
    const isPossible = await app.push.isPossible();
    setStanding({ ...key, isPossible, isOn: (await app.push.current()) !== null });
  };
  useEffect(() => void app.attempt(look()), []);
  const changed = async (): Promise<void> => {
    devices.reload();
    await app.attempt(look());
  };
  if (standing === null) return <Panel title={words.title} note={words.note} />;
  const note =
    standing.withContent || standing.publicKey === null ? words.note : `${words.note} ${words.noContent}`;
  return (
    <Panel title={words.title} note={note}>
      {standing.publicKey === null ? (
        <NotPossible title={words.off} hint={words.offHint} />
      ) : (
        <>
          {standing.isPossible ? (
            <Here publicKey={standing.publicKey} isOn={standing.isOn} onChanged={changed} />
          ) : (
            <NotPossible title={words.impossible} hint={words.impossibleHint} />
          )}
          <Devices devices={devices} onChanged={changed} />
        </>
      )}
    </Panel>
  );
}

export function NotPossible({ title, hint }: { title: string; hint: string }) {
  return (
    <ul class="rows">
      <li>
        <span class="rows__icon">
          <Icon of={BellOff} size={18} />
        </span>
        <span class="rows__words">
          <span class="rows__name">{title}</span>
          <span class="rows__note">{hint}</span>
        </span>
      </li>
    </ul>
  );
}

function Here({
  publicKey,
  isOn,
  onChanged,
}: {
  publicKey: string;
  isOn: boolean;
  onChanged: () => Promise<void>;
}) {
  const app = useApp();
  const { desktop, ui } = app;
  const words = useWords().notices.closed;
  /** What was chosen, until it is done. */
  const [chosen, setChosen] = useState<boolean | null>(null);
  const turnOn = async (): Promise<void> => {
    await desktop.ask();
    if (desktop.permission.peek() === 'granted' && (await turnPushOn(app, publicKey))) return;
    ui.toasts.show({ text: words.failed, tone: 'danger' });
  };
  const turn = async (wanted: boolean): Promise<void> => {
    setChosen(wanted);
    await app.attempt(wanted ? turnOn() : turnPushOff(app));
    await onChanged();
    setChosen(null);
  };
  return (
    <div class="panel__form">
      <Switch
        label={words.on}
        checked={chosen ?? isOn}
        disabled={chosen !== null}
        onChecked={(wanted) => void turn(wanted)}
      />
    </div>
  );
}

function Devices({ devices, onChanged }: { devices: Paged<PushDevice>; onChanged: () => Promise<void> }) {
  const words = useWords().notices.closed;
  return (
    <>
      <ListOf
        pages={devices}
        label={words.devices}
        class="rows"
        render={(device) => <DeviceRow key={device.id} device={device} onRemoved={onChanged} />}
        empty={<p class="rows__note">{words.none}</p>}
      />
      {devices.items.length > 0 && (
        <div class="panel__buttons">
          <TestButton />
        </div>
      )}
    </>
  );
}

function DeviceRow({ device, onRemoved }: { device: PushDevice; onRemoved: () => Promise<void> }) {
  const app = useApp();
  const all = useWords();
  const words = all.notices.closed;
  const { last } = device;
  const when = last === null ? '' : ago(last.at, app.time.value, all);
  const remove = async (): Promise<void> => {
    const asked = device.isCurrent
      ? turnPushOff(app)
      : app.client.call('push.unsubscribe', { deviceId: device.id });
    if (!(await app.attempt(asked))) return;
    app.ui.toasts.show({ text: words.removed(device.device) });
    await onRemoved();
  };
  return (
    <li>
      <span class="rows__icon">
        <Icon of={/Android|iPhone|iPad|iOS/.test(device.device) ? Smartphone : Laptop} size={18} />
      </span>
      <span class="rows__words">
        <span class="rows__name">
          {device.device}
          {device.isCurrent && <Tag tone="positive">{words.here}</Tag>}
        </span>
        <span class="rows__note">
          {last === null ? words.notYet : last.outcome === 'sent' ? words.sent(when) : words.lost(when)}
        </span>
      </span>
      <Button size="s" variant="quiet" onClick={() => void remove()}>
        {words.remove}
      </Button>
    </li>
  );
}
