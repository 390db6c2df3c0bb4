import { useEffect, useState } from 'preact/hooks';
import { Bell, BellOff } from 'lucide';
import { useWords } from '../language/index.ts';
import { useDoNotDisturb } from '../people/do-not-disturb.ts';
import { after, now } from '../platform/index.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Panel } from './panel.tsx';

/** Timers take no more: about 24 days. */
const timerMaxMs = 2 ** 31 - 1;

export function QuietSection() {
  const words = useWords().settings.quiet;
  const quiet = useDoNotDisturb();
  const [, setPassed] = useState<number | null>(null);
  const { until } = quiet;
  useEffect(
    () =>
      until === null ? undefined : after(Math.min(until - now() + 50, timerMaxMs), () => setPassed(until)),
    [until],
  );
  return (
    <Panel title={words.title} note={words.note}>
      <ul class="rows">
        <li>
          <span class="rows__icon">
            <Icon of={until === null ? Bell : BellOff} size={18} />
          </span>
          <span class="rows__words" role="status">
            <span class="rows__name">{until === null ? words.isOff : words.isOn}</span>
            {until !== null && <span class="rows__note">{quiet.words}</span>}
          </span>
          {until !== null && <Button onClick={() => quiet.set(null)}>{words.turnOff}</Button>}
        </li>
      </ul>
      <div class="panel__buttons" role="group" aria-label={words.label}>
        {quiet.choices.map((choice) => (
          <Button key={choice.label} onClick={() => quiet.set(choice.until())}>
            {choice.label}
          </Button>
        ))}
      </div>
    </Panel>
  );
}
