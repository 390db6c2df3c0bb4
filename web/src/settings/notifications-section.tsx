import { useWords } from '../language/index.ts';
import { RadioGroup } from '../ui/choice.tsx';
import { ClosedNotices } from './closed-notices.tsx';
import { DeviceNotices } from './device-notices.tsx';
import { KeywordsField } from './keywords-field.tsx';
import { MissedMail } from './missed-mail.tsx';
import { Panel } from './panel.tsx';
import { QuietHoursField } from './quiet-hours-field.tsx';
import { QuietSection } from './quiet-section.tsx';
import { usePreference } from './use-preference.ts';

/** What notifies oneself, and when it does not. */
export function NotificationsSection() {
  const { notifications: words, quietHours } = useWords().settings;
  return (
    <>
      <Panel title={words.level} note={words.levelNote}>
        <LevelChoice />
      </Panel>
      <DeviceNotices />
      <ClosedNotices />
      <MissedMail />
      <Panel title={words.keywords} note={words.keywordsNote}>
        <KeywordsField />
      </Panel>
      <QuietSection />
      <Panel title={quietHours.title} note={quietHours.note}>
        <QuietHoursField />
      </Panel>
    </>
  );
}

const levels = ['everything', 'mentions', 'nothing'] as const;

function LevelChoice() {
  const words = useWords().settings.notifications;
  const [level, setLevel] = usePreference('noticeLevel', 'mentions');
  return (
    <RadioGroup
      label={words.level}
      hideLabel
      value={level}
      onValue={setLevel}
      options={levels.map((value) => ({
        value,
        label: words.levels[value],
        hint: words.levelHints[value],
      }))}
    />
  );
}
