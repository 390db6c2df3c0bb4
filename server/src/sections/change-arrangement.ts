import { userStream, type Appender, type EventLog, type Position } from '../delivery/index.ts';
import type { Tx } from '../platform/postgres/index.ts';
import type { Arrangement } from './rules.ts';
import { emptySection, findSections, putSections } from './store.ts';

/** Reads one person's arrangement, has it changed, writes what is different and tells their devices of that alone. */
export async function changeArrangement(
  deps: { log: EventLog },
  userId: string,
  change: (present: Arrangement, tx: Tx) => Promise<Arrangement> | Arrangement,
): Promise<Position> {
  const own = userStream(userId);
  return deps.log.write([own], async (tx, log) => {
    const present = await findSections(tx, userId);
    const next = await change(present, tx);
    if (next === present) return log.position(own);
    await putSections(tx, userId, next);
    for (const { id } of goneFrom(present, next)) await emptySection(tx, userId, id, new Date(log.at));
    tell(log, userId, { present, next });
    return log.position(own);
  });
}

function goneFrom(present: Arrangement, next: Arrangement): Arrangement {
  return present.filter(({ id }) => !next.some((section) => section.id === id));
}

function tell(
  log: Appender,
  userId: string,
  { present, next }: { present: Arrangement; next: Arrangement },
): void {
  const own = userStream(userId);
  const before = new Map(present.map((section) => [section.id, JSON.stringify(section)]));
  for (const section of next) {
    if (before.get(section.id) !== JSON.stringify(section)) log.append(own, 'section.changed', { section });
  }
  const gone = goneFrom(present, next);
  for (const { id } of gone) log.append(own, 'section.removed', { sectionId: id });
  // What devices have by now: new ones below all.
  const stayed = present.filter((section) => !gone.includes(section)).map(({ id }) => id);
  const known = [...stayed, ...next.map(({ id }) => id).filter((id) => !before.has(id))];
  const sectionIds = next.map(({ id }) => id);
  if (known.join() !== sectionIds.join()) log.append(own, 'sections.ordered', { sectionIds });
}
