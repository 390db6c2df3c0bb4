import { AlarmClock } from 'lucide';
import { limits } from '@confab/protocol/limits';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { now } from '../platform/index.ts';
import { IconButton } from '../ui/button.tsx';
import { MenuButton, MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { laterText } from './later-text.ts';
import { reminderTimes } from './later-times.ts';
import { openChooseTime } from './open-choose-time.tsx';

type SnoozeMenuProps = {
  label: string;
  /** what one begins with when one chooses the time oneself */
  present?: number;
  /** Answers whether it is set. */
  onTime: (at: number) => Promise<boolean>;
};

/** When one wants to be reminded again. */
export function SnoozeMenu({ label, present, onTime }: SnoozeMenuProps) {
  const app = useApp();
  const words = useWords();
  const choose = (): void =>
    openChooseTime(app, {
      title: label,
      confirmLabel: words.messages.remind.submit,
      daysMax: limits.reminderDaysMax,
      ...(present === undefined ? {} : { present }),
      onChoose: onTime,
    });
  return (
    <MenuButton
      label={label}
      placement="bottom-end"
      trigger={(trigger) => <IconButton {...trigger} size="s" label={label} icon={AlarmClock} />}
    >
      {reminderTimes(now()).map((one) => (
        <MenuItem key={one.name} onSelect={() => void onTime(one.at)}>
          {laterText(words, app.time.value, one)}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={choose}>{words.messages.later.choose}</MenuItem>
    </MenuButton>
  );
}
