import { useEffect, useState } from 'preact/hooks';
import { Bell, BellOff } from 'lucide';
import { useWords } from '../language/index.ts';
import { useDoNotDisturb } from '../people/do-not-disturb.ts';
import { after, now } from '../platform/index.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Panel } from './panel.tsx';

const minuteMs = 60_000;

/** Whether one is disturbed just now, and what changes that for a while. */
export function QuietSection() {
  const words = useWords().settings.quiet;
  useEachMinute();
  const quiet = useDoNotDisturb();
  const isHours = quiet.by === 'hours';
  return (
    <Panel title={words.title} note={words.note}>
      <ul class="rows">
        <li>
          <span class="rows__icon">
            <Icon of={quiet.until === null ? Bell : BellOff} size={18} />
          </span>
          <span class="rows__words" role="status">
            <span class="rows__name">
              {quiet.until === null ? words.isOff : isHours ? words.isHours : words.isOn}
            </span>
            {quiet.until !== null && <span class="rows__note">{quiet.words}</span>}
          </span>
          {quiet.until !== null && (
            <Button onClick={quiet.end}>{isHours ? words.endHours : words.turnOff}</Button>
          )}
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

/** Quiet times begin and end with minutes of the clock. */
function useEachMinute(): void {
  const [passed, setPassed] = useState(0);
  useEffect(() => after(minuteMs - (now() % minuteMs) + 50, () => setPassed(passed + 1)), [passed]);
}
