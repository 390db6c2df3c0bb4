import { useEffect, useState } from 'preact/hooks';
import type { Output } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { useWords } from '../language/index.ts';
import { RadioGroup, Switch } from '../ui/choice.tsx';
import { NotPossible } from './closed-notices.tsx';
import { Panel } from './panel.tsx';
import { TestButton } from './test-button.tsx';
import { usePreference } from './use-preference.ts';

const absences = ['quarter', 'hour', 'day', 'never'] as const;

/** When what one missed comes by mail. */
export function MissedMail() {
  const app = useApp();
  const words = useWords().notices.mail;
  const [standing, setStanding] = useState<Output<'missedMail.look'> | null>(null);
  const look = async (): Promise<void> => setStanding(await app.client.call('missedMail.look', {}));
  useEffect(() => void app.attempt(look()), []);
  if (standing === null) return <Panel title={words.title} note={words.note} />;
  if (!standing.isSent) {
    return (
      <Panel title={words.title} note={words.note}>
        <NotPossible title={words.off} hint={words.offHint} />
      </Panel>
    );
  }
  const note = `${words.note} ${words.to(standing.address)}`;
  return (
    <Panel title={words.title} note={standing.withContent ? note : `${note} ${words.noContent}`}>
      <Choices withContent={standing.withContent} />
    </Panel>
  );
}

/** @param props.withContent false: the administrator lets none travel, so there is nothing to hide */
function Choices({ withContent }: { withContent: boolean }) {
  const words = useWords().notices.mail;
  const [absence, setAbsence] = usePreference('missedMail', 'hour');
  const [hides, setHides] = usePreference('missedMailHidesContent', false);
  const isOn = absence !== 'never';
  return (
    <div class="panel__form">
      <RadioGroup
        label={words.when}
        value={absence}
        onValue={setAbsence}
        options={absences.map((value) => ({ value, label: words.absences[value] }))}
      />
      {withContent && (
        <Switch
          label={words.hidden}
          hint={words.hiddenHint}
          checked={hides}
          disabled={!isOn}
          onChecked={setHides}
        />
      )}
      {isOn && (
        <div class="panel__buttons">
          <TestButton />
        </div>
      )}
    </div>
  );
}
