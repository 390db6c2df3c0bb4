import { ChevronDown } from 'lucide';
import { limits } from '@confab/protocol/limits';
import { useApp } from '../../app/app-context.ts';
import { showScheduled } from '../../drafts/schedule.ts';
import { useWords } from '../../language/index.ts';
import { now } from '../../platform/index.ts';
import { laterText } from '../../saved/later-text.ts';
import { sendTimes } from '../../saved/later-times.ts';
import { openChooseTime } from '../../saved/open-choose-time.tsx';
import { IconButton } from '../../ui/button.tsx';
import { MenuButton, MenuItem, MenuSeparator } from '../../ui/menu.tsx';

type SendLaterProps = {
  disabled: boolean;
  /** Answers whether it is planned. */
  onLater: (sendAt: number) => Promise<boolean>;
};

/** Beside Send: when else it could go out. */
export function SendLater({ disabled, onLater }: SendLaterProps) {
  const app = useApp();
  const words = useWords();
  const { sendLater } = words.composer;
  const choose = (): void =>
    openChooseTime(app, {
      title: sendLater.label,
      confirmLabel: sendLater.confirm,
      daysMax: limits.scheduledDaysMax,
      onChoose: onLater,
    });
  return (
    <MenuButton
      label={sendLater.label}
      placement="top-end"
      trigger={(trigger) => (
        <IconButton
          {...trigger}
          size="s"
          class="composer__later"
          label={sendLater.label}
          icon={ChevronDown}
          iconSize={14}
          disabled={disabled}
        />
      )}
    >
      {sendTimes(now()).map((one) => (
        <MenuItem key={one.name} onSelect={() => void onLater(one.at)}>
          {laterText(words, app.time.value, one)}
        </MenuItem>
      ))}
      <MenuSeparator />
      <MenuItem onSelect={choose}>{words.messages.later.choose}</MenuItem>
    </MenuButton>
  );
}

/** How many messages wait to be sent here, with the way to them. */
export function ScheduledHere({ roomId, threadId }: { roomId: string; threadId: string | null }) {
  const app = useApp();
  const words = useWords().composer.sendLater;
  const count = app.drafts.scheduled.value.filter(
    (one) => one.roomId === roomId && one.threadId === threadId,
  ).length;
  if (count === 0) return null;
  return (
    <button type="button" class="composer__scheduled" onClick={() => showScheduled(app)}>
      {words.here(count)}
    </button>
  );
}
