import { useState } from 'preact/hooks';
import { Bell, BellOff, BellRing } from 'lucide';
import { useApp, type App } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { choose, readChoices, type DeviceChoices } from '../notifications/device-choices.ts';
import { renewPush, turnPushOff } from '../notifications/push-here.ts';
import { chime, now } from '../platform/index.ts';
import { Button } from '../ui/button.tsx';
import { Switch } from '../ui/choice.tsx';
import { Icon } from '../ui/icon.tsx';
import { Panel } from './panel.tsx';

/** Whether this browser shows notifications, and how. It is asked only by a press here. */
export function DeviceNotices() {
  const { desktop } = useApp();
  const words = useWords().notices.device;
  const permission = desktop.permission.value;
  return (
    <Panel title={words.title} note={words.note}>
      {permission === 'granted' ? <Choices /> : <NotAllowed permission={permission} />}
    </Panel>
  );
}

function NotAllowed({ permission }: { permission: 'unsupported' | 'default' | 'denied' }) {
  const { desktop } = useApp();
  const words = useWords().notices.device;
  const [title, hint] = {
    unsupported: [words.unsupported, words.unsupportedHint],
    default: [words.off, words.offHint],
    denied: [words.denied, words.deniedHint],
  }[permission];
  return (
    <ul class="rows">
      <li>
        <span class="rows__icon">
          <Icon of={permission === 'default' ? Bell : BellOff} size={18} />
        </span>
        <span class="rows__words" role="status">
          <span class="rows__name">{title}</span>
          <span class="rows__note">{hint}</span>
        </span>
        {permission === 'default' && (
          <Button variant="primary" onClick={() => void desktop.ask()}>
            {words.allow}
          </Button>
        )}
      </li>
    </ul>
  );
}

function Choices() {
  const app = useApp();
  const words = useWords().notices.device;
  const [choices, setChoices] = useState(() => readChoices(app.memory));
  const set = (name: keyof DeviceChoices) => (value: boolean) => {
    choose(app.memory, name, value);
    setChoices({ ...choices, [name]: value });
    if (name === 'hidden') void app.attempt(renewPush(app));
    if (name === 'on' && !value) void app.attempt(turnPushOff(app));
  };
  return (
    <div class="panel__form">
      <Switch label={words.on} checked={choices.on} onChecked={set('on')} />
      <Switch label={words.sound} checked={choices.sound} disabled={!choices.on} onChecked={set('sound')} />
      <Switch
        label={words.hidden}
        hint={words.hiddenHint}
        checked={choices.hidden}
        disabled={!choices.on}
        onChecked={set('hidden')}
      />
      <div class="panel__buttons">
        <Button icon={BellRing} disabled={!choices.on} onClick={() => void test(app, choices)}>
          {words.test}
        </Button>
      </div>
    </div>
  );
}

async function test({ desktop, words, ui }: App, choices: DeviceChoices): Promise<void> {
  const said = words.value.notices.device;
  const [title, body] = [said.testTitle, said.testBody];
  const isShown = await desktop.show({
    tag: 'test',
    title,
    body,
    path: '/settings/notifications',
    at: now(),
  });
  if (isShown && choices.sound) chime(window);
  ui.toasts.show(isShown ? { text: said.testSent } : { text: said.testFailed, tone: 'danger' });
}
