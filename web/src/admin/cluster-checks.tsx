import { CircleCheck, CircleMinus, CircleX, Stethoscope, TriangleAlert } from 'lucide';
import type { Examined, ExaminedArea } from '@confab/protocol';
import { RefusedNote } from '../app/list-states.tsx';
import { useWords } from '../language/index.ts';
import { Panel } from '../settings/panel.tsx';
import { Tag, type TagTone } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Icon, type IconShape } from '../ui/icon.tsx';
import { examinedAreas, useExamination } from './cluster-examination.ts';
import './cluster-checks.css';

const looks: Readonly<Record<Examined['status'], { icon: IconShape; tone: TagTone }>> = {
  pass: { icon: CircleCheck, tone: 'positive' },
  warn: { icon: TriangleAlert, tone: 'warning' },
  fail: { icon: CircleX, tone: 'danger' },
  skipped: { icon: CircleMinus, tone: 'neutral' },
};

/** What the doctor finds around the node that answers, when an administrator wants to know. */
export function ClusterChecks() {
  const words = useWords().admin.health.checks;
  const { found, node, isLooking, refused, look } = useExamination();
  const rows = [...found.values()].flat();
  const count = (status: Examined['status']): number => rows.filter((row) => row.status === status).length;
  const counts = words.counts(count('pass'), count('warn'), count('fail'), count('skipped'));
  return (
    <Panel
      title={words.title}
      note={words.note}
      actions={
        <Button icon={Stethoscope} busy={isLooking} onClick={look}>
          {words.look}
        </Button>
      }
    >
      <p class="cluster-checks__counts" role="status">
        {isLooking ? words.looking : node !== null && refused === null ? `${node}: ${counts}` : ''}
      </p>
      {examinedAreas.map((area) => {
        const ofArea = found.get(area);
        return ofArea === undefined ? null : <Area key={area} area={area} rows={ofArea} />;
      })}
      {refused && <RefusedNote refused={refused} onRetry={look} />}
    </Panel>
  );
}

function Area({ area, rows }: { area: ExaminedArea; rows: readonly Examined[] }) {
  const words = useWords().admin.health.checks;
  // What is to be done comes first.
  const shown = (['fail', 'warn', 'pass'] as const).flatMap((one) =>
    rows.filter(({ status }) => status === one),
  );
  const skipped = rows.filter(({ status }) => status === 'skipped');
  return (
    <section class="cluster-checks__area">
      <h3>{words.areas[area]}</h3>
      {shown.length > 0 && <Rows label={words.areas[area]} rows={shown} />}
      {skipped.length > 0 && (
        <details>
          <summary>{words.skipped(skipped.length)}</summary>
          <Rows label={words.skipped(skipped.length)} rows={skipped} />
        </details>
      )}
    </section>
  );
}

/** The words are the doctor's own, which are English in the terminal too. */
function Rows({ label, rows }: { label: string; rows: readonly Examined[] }) {
  const words = useWords().admin.health.checks;
  return (
    <ul class="rows" aria-label={label}>
      {rows.map(({ title, status, found, mend, ids }) => (
        <li key={title}>
          <span class="rows__icon cluster-checks__icon" data-status={status}>
            <Icon of={looks[status].icon} size={18} />
          </span>
          <span class="rows__words">
            <span class="rows__name">
              <span lang="en">{title}</span>
              <Tag tone={looks[status].tone}>{words.statuses[status]}</Tag>
            </span>
            <span class="rows__note cluster-checks__found" lang="en" title={ids.join(', ')}>
              {found}
            </span>
            {mend !== null && (
              <span class="cluster-checks__mend">
                <span>{words.mend}</span> <span lang="en">{mend}</span>
              </span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
