import type { Membership } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { Switch } from '../ui/choice.tsx';
import { Select } from '../ui/field.tsx';
import { changePreferences } from './room-actions.ts';
import { useMyRoom } from './use-room.ts';

type Level = Membership['level'];

const levels: readonly Level[] = ['default', 'everything', 'mentions', 'nothing'];

/** What a room can notify of; the first is what was chosen for all rooms, and says what that is. */
export function useNoticeLevels(): { value: Level; label: string; hint?: string }[] {
  const { client, live } = useApp();
  const words = useWords().rooms.menu;
  live.follow('preferences');
  const usual = client.state.preferences?.noticeLevel ?? 'mentions';
  return levels.map((value) =>
    value === 'default'
      ? { value, label: words.default, hint: words[usual] }
      : { value, label: words[value] },
  );
}

/** What a room notifies of, among what there is to know about it. */
export function NoticeSettings({ roomId }: { roomId: string }) {
  const app = useApp();
  const words = useWords().rooms.menu;
  const mine = useMyRoom(roomId);
  const options = useNoticeLevels();
  if (!mine) return null;
  const { level, muted } = mine.membership;
  return (
    <section class="details__notices">
      <Select<Level>
        label={words.notify}
        value={level}
        disabled={muted}
        options={options.map(({ value, label, hint }) => ({
          value,
          label: hint === undefined ? label : `${label}: ${hint}`,
        }))}
        onValue={(next) => changePreferences(app, roomId, { level: next })}
      />
      <Switch
        label={words.mute}
        hint={words.muteNote}
        checked={muted}
        onChecked={(next) => changePreferences(app, roomId, { muted: next })}
      />
    </section>
  );
}
