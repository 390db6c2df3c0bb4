import { useMemo, useState } from 'preact/hooks';
import { CircleCheck, TriangleAlert } from 'lucide';
import type { Health } from '@confab/protocol';
import { useApp } from '../app/app-context.ts';
import { RefusedNote, RowSkeletons } from '../app/list-states.tsx';
import { useWords, type Words } from '../language/index.ts';
import { Panel } from '../settings/panel.tsx';
import { Icon } from '../ui/icon.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { ClusterChecks } from './cluster-checks.tsx';
import { HealthChart } from './health-chart.tsx';
import { ChoreList, HealthFacts, NodeList, ReaderList } from './health-facts.tsx';
import { healthProblems, type HealthProblem } from './health-problems.ts';
import { HealthTable } from './health-table.tsx';
import { createMeasures, type Measures } from './measures.ts';
import { seriesOf } from './series.ts';
import { useHealth } from './use-health.ts';
import './health-section.css';

/** How the server is doing, drawn anew as often as it measures. */
export function HealthSection() {
  const { health, refused, retry } = useHealth();
  const locale = useApp().ui.language.locale.value;
  const measures = useMemo(() => createMeasures(locale), [locale]);
  if (!health) return refused ? <RefusedNote refused={refused} onRetry={retry} /> : <RowSkeletons />;
  return (
    <div class="health">
      {refused && <RefusedNote refused={refused} onRetry={retry} />}
      <Verdict health={health} measures={measures} />
      <Measured health={health} measures={measures} />
      <HealthFacts health={health} measures={measures} />
      <NodeList health={health} measures={measures} />
      <ClusterChecks />
      <ReaderList health={health} measures={measures} />
      <ChoreList health={health} measures={measures} />
    </div>
  );
}

type Shown = { health: Health; measures: Measures };

function Verdict({ health, measures }: Shown) {
  const words = useWords().admin.health;
  const problems = healthProblems(health);
  const isWell = problems.length === 0;
  return (
    <div class="health__verdict" data-well={isWell} role="status">
      <Icon of={isWell ? CircleCheck : TriangleAlert} size={20} />
      <div>
        <p class="health__verdict-words">{isWell ? words.well : words.unwell}</p>
        {!isWell && (
          <ul>
            {problems.map((problem) => (
              <li key={JSON.stringify(problem)}>{problemWords(problem, { words, measures })}</li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function problemWords(
  problem: HealthProblem,
  { words: { problems }, measures }: { words: Words['admin']['health']; measures: Measures },
): string {
  switch (problem.kind) {
    case 'bus':
      return problems.bus;
    case 'chore':
      return problems.chore(problem.name);
    case 'reader':
      return problems.reader(problem.name, measures.duration(problem.lagMs));
    case 'connections':
      return problems.connections(measures.number(problem.used), measures.number(problem.max));
    case 'database':
      return problems.database(measures.duration(problem.roundTripMs));
    case 'busy':
      return problems.busy(measures.duration(problem.loopDelayMs));
  }
}

type View = 'charts' | 'table';

function Measured({ health, measures }: Shown) {
  const words = useWords().admin.health;
  const [view, setView] = useState<View>('charts');
  const series = useMemo(() => seriesOf(health, measures), [health, measures]);
  return (
    <Panel
      title={words.measured}
      note={words.measuredNote}
      actions={
        <Tabs
          label={words.view}
          look="pills"
          tabs={[
            { id: 'charts', label: words.charts },
            { id: 'table', label: words.table },
          ]}
          value={view}
          onValue={setView}
        />
      }
    >
      {view === 'table' ? (
        <HealthTable health={health} series={series} />
      ) : (
        <div class="health__charts">
          {series.map(({ name, points, write, least }) => (
            <HealthChart key={name} title={words.series[name]} points={points} write={write} least={least} />
          ))}
        </div>
      )}
    </Panel>
  );
}
