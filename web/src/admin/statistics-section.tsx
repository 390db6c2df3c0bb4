import { useEffect, useState } from 'preact/hooks';
import { Refused } from '@confab/client';
import type { Output } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { RefusedNote } from '../app/list-states.tsx';
import { useWords } from '../language/index.ts';
import { Panel } from '../settings/panel.tsx';
import { useAgainWhenLive } from '../settings/use-whole-list.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Delayed } from '../ui/spinner.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { DayBars } from './day-bars.tsx';
import './statistics-section.css';

type Statistics = Output<'workspace.statistics'>;
type Span = '30' | '90' | '365';

const spans: readonly Span[] = ['30', '90', '365'];

export function StatisticsSection() {
  const words = useWords().admin.statistics;
  const [span, setSpan] = useState<Span>('30');
  const { statistics, refused, retry } = useStatistics(Number(span));
  if (refused && !statistics) return <RefusedNote refused={refused} onRetry={retry} />;
  return (
    <div class="statistics">
      <Totals statistics={statistics} />
      <Tabs
        label={words.howFar}
        look="pills"
        tabs={spans.map((id) => ({ id, label: words.spans[id] }))}
        value={span}
        onValue={setSpan}
      />
      <Panel title={words.messagesPerDay}>
        <Bars
          statistics={statistics}
          of="messages"
          label={words.messagesByDay}
          countWords={words.messageCount}
        />
      </Panel>
      <Panel title={words.writersPerDay}>
        <Bars statistics={statistics} of="people" label={words.writersByDay} countWords={words.writerCount} />
      </Panel>
      <p class="statistics__note">{words.note}</p>
    </div>
  );
}

function useStatistics(days: number) {
  const { client } = useApp();
  const [statistics, setStatistics] = useState<Statistics | null>(null);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [attempts, setAttempts] = useState(0);
  useEffect(() => {
    let isWanted = true;
    client.call('workspace.statistics', { days }).then(
      (answer) => {
        if (!isWanted) return;
        setStatistics(answer);
        setRefused(null);
      },
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        if (isWanted) setRefused(error);
      },
    );
    return () => {
      isWanted = false;
    };
  }, [days, attempts]);
  const retry = (): void => setAttempts(attempts + 1);
  useAgainWhenLive({ refused, retry });
  return { statistics, refused, retry };
}

function Totals({ statistics }: { statistics: Statistics | null }) {
  const { count } = useApp().time.value;
  const words = useWords().admin.statistics;
  const totals = [
    { name: words.people, value: statistics?.people },
    { name: words.rooms, value: statistics?.rooms },
    { name: words.messages, value: statistics?.messages ?? undefined },
  ];
  return (
    <dl class="statistics__totals">
      {totals.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value === undefined ? statistics ? '–' : <Skeleton width="3ch" /> : count(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

type BarsProps = {
  statistics: Statistics | null;
  of: 'messages' | 'people';
  label: string;
  countWords: (count: number) => string;
};

function Bars({ statistics, of, label, countWords }: BarsProps) {
  if (!statistics) {
    return (
      <div class="statistics__waiting">
        <Delayed>
          <Skeleton shape="block" height="100%" />
        </Delayed>
      </div>
    );
  }
  return (
    <DayBars
      days={statistics.days.map((one) => ({ day: one.day, value: one[of] }))}
      label={label}
      countWords={countWords}
    />
  );
}
